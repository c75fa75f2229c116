/* Records as numpy arrays. The dtypes come from the same lists as the engine's structs, so that an array is a view of
 * what the engine wrote. */
#include "border.h"

#include <numpy/arrayobject.h>
#include <stddef.h>

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

#define PJ_COLUMN(kind, name, n) {#name, #kind, n, offsetof(PJ_COLUMN_TYPE, name)},

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

#define PJ_COLUMN_TYPE pj_inspection
static const column INSPECTION_COLUMNS[] = {PJ_INSPECTION(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_rating
static const column RATING_COLUMNS[] = {PJ_RATING(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_question
static const column QUESTION_COLUMNS[] = {PJ_QUESTION(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_sample
static const column SAMPLE_COLUMNS[] = {PJ_SAMPLE(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_recommendation
static const column RECOMMENDATION_COLUMNS[] = {PJ_RECOMMENDATION(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_quantity
static const column QUANTITY_COLUMNS[] = {PJ_QUANTITY(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_mention
static const column MENTION_COLUMNS[] = {PJ_MENTION(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_check
static const column CHECK_COLUMNS[] = {PJ_CHECK(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_refused
static const column REFUSED_COLUMNS[] = {PJ_REFUSED(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_count
static const column COUNT_COLUMNS[] = {PJ_COUNT(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_rated_question
static const column RATED_QUESTION_COLUMNS[] = {PJ_RATED_QUESTION(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_rated_standard
static const column RATED_STANDARD_COLUMNS[] = {PJ_RATED_STANDARD(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_rated_overall
static const column RATED_OVERALL_COLUMNS[] = {PJ_RATED_OVERALL(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_band
static const column BAND_COLUMNS[] = {PJ_BAND(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_margin
static const column MARGIN_COLUMNS[] = {PJ_MARGIN(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_chart
static const column CHART_COLUMNS[] = {PJ_CHART(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_funnel
static const column FUNNEL_COLUMNS[] = {PJ_FUNNEL(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_case_check
static const column CASE_CHECK_COLUMNS[] = {PJ_CASE_CHECK(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_history
static const column HISTORY_COLUMNS[] = {PJ_HISTORY(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_published_count
static const column PUBLISHED_COUNT_COLUMNS[] = {PJ_PUBLISHED_COUNT(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_published_outcome
static const column PUBLISHED_OUTCOME_COLUMNS[] = {PJ_PUBLISHED_OUTCOME(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_figure
static const column FIGURE_COLUMNS[] = {PJ_FIGURE(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_table_cell
static const column CELL_COLUMNS[] = {PJ_TABLE_CELL(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_statistic
static const column STATISTIC_COLUMNS[] = {PJ_STATISTIC(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE
#define PJ_COLUMN_TYPE pj_total
static const column TOTAL_COLUMNS[] = {PJ_TOTAL(PJ_COLUMN)};
#undef PJ_COLUMN_TYPE

#define PJ_ADD_DTYPE(fields, NAME, type)                                                                               \
    state->dtypes[PJ_RECORD_##NAME] =                                                                                  \
        make_dtype(NAME##_COLUMNS, sizeof(NAME##_COLUMNS) / sizeof(column), sizeof(type));                             \
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
