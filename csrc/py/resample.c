/* Bootstrap of totals: arrays in, an array out, without the interpreter's lock in between. */
#include "border.h"

#include "compute/resample.h"

const char pj_resample_doc[] =
    "resample(children, starts, columns, values, width, key, first, n, /)\n--\n\n"
    "Totals of bootstrap resamples by child, as int64, width for each of n: `children` of each kind (int64), of which "
    "each adds\n"
    "values[starts[kind]:starts[kind + 1]] to the totals named by `columns` (int32). Resample i depends on `key`, two\n"
    "numbers of 64 bits, and on i alone. ValueError if an index or a count is out of bounds.";

/* A buffer of items of this many bytes, in their place; -1 with an error otherwise. */
static int check(const Py_buffer *buffer, Py_ssize_t item) {
    if (buffer->itemsize != item || (uintptr_t)buffer->buf % (uintptr_t)item != 0) {
        PyErr_SetString(PyExc_ValueError, "expected arrays of int64, columns of int32");
        return -1;
    }
    return 0;
}

static PyObject *make_totals(const pj_resampling *plan, const uint64_t key[2], uint64_t first, size_t n) {
    pj_vec totals;
    pj_vec_init(&totals, pj_alloc_libc(), sizeof(int64_t));
    if (plan->width > 0 && n > (size_t)PY_SSIZE_T_MAX / sizeof(int64_t) / plan->width) {
        return PyErr_NoMemory();
    }
    if (pj_vec_reserve(&totals, n * plan->width, NULL) != PJ_OK) {
        return PyErr_NoMemory();
    }
    totals.len = n * plan->width;
    if (totals.len > 0) {
        Py_BEGIN_ALLOW_THREADS pj_resample(plan, key, first, n, totals.data);
        Py_END_ALLOW_THREADS
    }
    PyObject *array = pj_column_steal(PJ_KIND_I8, &totals);
    pj_vec_free(&totals);
    return array;
}

PyObject *pj_resample_py(PyObject *module, PyObject *args) {
    Py_buffer children;
    Py_buffer starts;
    Py_buffer columns;
    Py_buffer values;
    Py_ssize_t width = 0;
    Py_ssize_t n = 0;
    unsigned long long key[2] = {0, 0};
    unsigned long long first = 0;
    PyObject *result = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*y*y*y*n(KK)Kn:resample", &children, &starts, &columns, &values, &width, &key[0],
                          &key[1], &first, &n)) {
        return NULL;
    }
    if (check(&children, 8) == 0 && check(&starts, 8) == 0 && check(&columns, 4) == 0 && check(&values, 8) == 0) {
        pj_resampling plan = {.kinds = (size_t)children.len / 8,
                              .children = children.buf,
                              .starts = starts.buf,
                              .columns = columns.buf,
                              .values = values.buf,
                              .width = (size_t)width};
        const uint64_t own_key[2] = {key[0], key[1]};
        if (width < 0 || n < 0 || (size_t)starts.len / 8 != plan.kinds + 1 || columns.len / 4 != values.len / 8 ||
            !pj_resampling_fits(&plan, (size_t)values.len / 8)) {
            PyErr_SetString(PyExc_ValueError, "resample: an index or a count is out of bounds");
        } else {
            result = make_totals(&plan, own_key, first, (size_t)n);
        }
    }
    PyBuffer_Release(&children);
    PyBuffer_Release(&starts);
    PyBuffer_Release(&columns);
    PyBuffer_Release(&values);
    return result;
}
