/* Records as numpy arrays. The dtypes come from the same lists as the engine's structs, so that an array is a view of
 * what the engine wrote. */
#include "border.h"

#include <numpy/arrayobject.h>
#include <stddef.h>
#include <string.h>

int pj_import_numpy(void) {
    import_array1(-1);
    return 0;
}

typedef struct column {
    const char *name;
    const char *kind;
    int n;
    size_t offset;
} column;

static PyObject *format_of(const column *c) {
    switch (c->kind[0]) {
    case 'U':
        return PyUnicode_FromFormat("U%d", c->n);
    case 'D':
        return PyUnicode_FromString("M8[D]");
    case 'b':
        return PyUnicode_FromString("?");
    default:
        return PyUnicode_FromString(c->kind);
    }
}

/* Append to one of the dict's lists; the reference is taken over. */
static int append(PyObject *list, PyObject *value) {
    int failed = value == NULL || PyList_Append(list, value) < 0;
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

static PyObject *make_dtype(const column *columns, size_t n, size_t size) {
    PyObject *names = PyList_New(0);
    PyObject *formats = names == NULL ? NULL : PyList_New(0);
    PyObject *offsets = formats == NULL ? NULL : PyList_New(0);
    PyObject *layout = NULL;
    PyArray_Descr *descr = NULL;
    int failed = offsets == NULL;
    for (size_t i = 0; i < n && !failed; i++) {
        failed = append(names, PyUnicode_FromString(columns[i].name)) < 0 ||
                 append(formats, format_of(&columns[i])) < 0 ||
                 append(offsets, PyLong_FromSize_t(columns[i].offset)) < 0;
    }
    if (!failed) {
        layout = Py_BuildValue("{s:O,s:O,s:O,s:n}", "names", names, "formats", formats, "offsets", offsets, "itemsize",
                               (Py_ssize_t)size);
    }
    if (layout != NULL && PyArray_DescrConverter(layout, &descr) != NPY_SUCCEED) {
        descr = NULL;
    }
    Py_XDECREF(layout);
    Py_XDECREF(names);
    Py_XDECREF(formats);
    Py_XDECREF(offsets);
    return (PyObject *)descr;
}

/* A function a record. In each, `record` is its struct, so that one macro names a field of any of them. */
#define PJ_COLUMN(kind, name, n) {#name, #kind, n, offsetof(record, name)},
#define PJ_DTYPE_OF(list, NAME, type)                                                                                  \
    static PyObject *dtype_of_##type(void) {                                                                           \
        typedef type record;                                                                                           \
        static const column columns[] = {list(PJ_COLUMN)};                                                             \
        return make_dtype(columns, sizeof(columns) / sizeof(columns[0]), sizeof(record));                              \
    }

PJ_RECORDS(PJ_DTYPE_OF)

#define PJ_ADD_DTYPE(list, NAME, type)                                                                                 \
    state->dtypes[PJ_RECORD_##NAME] = dtype_of_##type();                                                               \
    if (state->dtypes[PJ_RECORD_##NAME] == NULL ||                                                                     \
        PyModule_AddObjectRef(module, #NAME "_DTYPE", state->dtypes[PJ_RECORD_##NAME]) < 0) {                          \
        return -1;                                                                                                     \
    }

int pj_add_dtypes(PyObject *module, pj_state *state) {
    PJ_RECORDS(PJ_ADD_DTYPE)
    return 0;
}

static void free_block(PyObject *capsule) {
    pj_alloc alloc = pj_alloc_libc();
    (void)alloc.resize(alloc.ctx, PyCapsule_GetPointer(capsule, NULL), 0);
}

/* An array over the items of `vec`, which is emptied; `descr` is taken over. */
static PyObject *steal(PyArray_Descr *descr, pj_vec *vec) {
    npy_intp dims[1] = {(npy_intp)vec->len};
    if (vec->len == 0) {
        return PyArray_Zeros(1, dims, descr, 0); /* takes over descr */
    }
    /* growth may have left a third unused; if shrinking fails the block stays as it is */
    void *data = vec->alloc.resize(vec->alloc.ctx, vec->data, vec->len * vec->item);
    data = data == NULL ? vec->data : data;
    vec->data = NULL;
    vec->len = 0;
    vec->cap = 0;
    PyObject *owner = PyCapsule_New(data, NULL, free_block);
    if (owner == NULL) {
        Py_DECREF((PyObject *)descr);
        pj_alloc alloc = pj_alloc_libc();
        (void)alloc.resize(alloc.ctx, data, 0);
        return NULL;
    }
    PyObject *array = PyArray_NewFromDescr(&PyArray_Type, descr, 1, dims, NULL, data, NPY_ARRAY_CARRAY, NULL);
    if (array == NULL) {
        Py_DECREF(owner);
        return NULL;
    }
    if (PyArray_SetBaseObject((PyArrayObject *)array, owner) < 0) { /* takes over owner, even on failure */
        Py_DECREF(array);
        return NULL;
    }
    return array;
}

PyObject *pj_array_steal(const pj_state *state, int record, pj_vec *vec) {
    return steal((PyArray_Descr *)Py_NewRef(state->dtypes[record]), vec);
}

PyObject *pj_column_steal(pj_kind kind, pj_vec *vec) {
    static const int types[] = {
        [PJ_KIND_U1] = NPY_UINT8, [PJ_KIND_I1] = NPY_INT8, [PJ_KIND_I4] = NPY_INT32, [PJ_KIND_I8] = NPY_INT64};
    /* By number: asked for by name, numpy makes a TypeError of memory that has run out. */
    PyArray_Descr *descr = PyArray_DescrFromType(types[kind]);
    return descr == NULL ? NULL : steal(descr, vec);
}

const char pj_split_texts_doc[] = "split_texts(text, /)\n--\n\n"
                                  "The parts of a text between its NULs as an array of str; of an empty text, none.";

/* Where the part that starts at `from` ends. */
static Py_ssize_t part_end(const Py_UCS4 *text, Py_ssize_t from, Py_ssize_t len) {
    while (from < len && text[from] != 0) {
        from++;
    }
    return from;
}

static PyObject *split(const Py_UCS4 *text, Py_ssize_t len) {
    npy_intp count[1] = {0};
    Py_ssize_t widest = 1; /* numpy's own least */
    for (Py_ssize_t at = 0; len > 0 && at <= len; at++) {
        Py_ssize_t end = part_end(text, at, len);
        widest = end - at > widest ? end - at : widest;
        count[0]++;
        at = end;
    }
    if (widest > INT_MAX / (Py_ssize_t)sizeof(*text)) {
        PyErr_SetString(PyExc_ValueError, "split_texts: a text is longer than an array can hold");
        return NULL;
    }
    int item = (int)(widest * (Py_ssize_t)sizeof(*text));
    PyObject *array = PyArray_New(&PyArray_Type, 1, count, NPY_UNICODE, NULL, NULL, item, 0, NULL);
    if (array == NULL) {
        return NULL;
    }
    char *out = PyArray_BYTES((PyArrayObject *)array);
    Py_ssize_t at = 0;
    for (npy_intp i = 0; i < count[0]; i++, out += item) {
        Py_ssize_t end = part_end(text, at, len);
        size_t size = (size_t)(end - at) * sizeof(*text);
        memcpy(out, text + at, size);
        memset(out + size, 0, (size_t)item - size);
        at = end + 1;
    }
    return array;
}

PyObject *pj_split_texts_py(PyObject *module, PyObject *text) {
    (void)module;
    Py_ssize_t len = PyUnicode_GetLength(text); /* TypeError for what is no str */
    Py_UCS4 *copy = len < 0 ? NULL : PyUnicode_AsUCS4Copy(text);
    PyObject *array = copy == NULL ? NULL : split(copy, len);
    PyMem_Free(copy);
    return array;
}
