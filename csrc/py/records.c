/* Delimited text in pieces: where a block may be cut, and the cells of a header. */
#include "border.h"

#include "lex/scan.h"

int pj_check_delimiter(const char *text, Py_ssize_t len) {
    if (len != 1 || text[0] == '"' || text[0] == '\n' || text[0] == '\r' || text[0] == '\0') {
        PyErr_SetString(PyExc_ValueError, "expected a delimiter of one byte, no quote, line end or NUL");
        return -1;
    }
    return 0;
}

int pj_check_block(const Py_buffer *block) {
    if ((size_t)block->len > PJ_SCAN_LONGEST) {
        PyErr_SetString(PyExc_ValueError, "expected a block of less than 2 GiB");
        return -1;
    }
    return 0;
}

const char pj_cut_records_doc[] =
    "cut_records(block, delimiter=b',', /)\n--\n\n"
    "Where a block that starts with a record may be cut: (end of the last record that is complete whatever follows,\n"
    "offset of the quote that stays open or -1).";

PyObject *pj_cut_records_py(PyObject *module, PyObject *args) {
    Py_buffer block;
    const char *delimiter = ",";
    Py_ssize_t len = 1;
    PyObject *result = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*|y#:cut_records", &block, &delimiter, &len)) {
        return NULL;
    }
    if (pj_check_block(&block) == 0 && pj_check_delimiter(delimiter, len) == 0) {
        size_t cut = 0;
        size_t open = 0;
        Py_BEGIN_ALLOW_THREADS cut = pj_scan_cut(block.buf, (size_t)block.len, delimiter[0], &open);
        Py_END_ALLOW_THREADS Py_ssize_t opened = open == (size_t)block.len ? -1 : (Py_ssize_t)open;
        result = Py_BuildValue("(nn)", (Py_ssize_t)cut, opened);
    }
    PyBuffer_Release(&block);
    return result;
}

const char pj_split_record_doc[] = "split_record(block, delimiter=b',', /)\n--\n\n"
                                   "Cells of the first record as a list of bytes, and where the next record starts; "
                                   "ValueError if a quote stays open.";

/* Cells are stored in full once their number is known. */
static PyObject *split(const char *text, size_t len, char delimiter) {
    pj_scan scan;
    pj_cell none;
    pj_scan_init(&scan, text, len, delimiter);
    pj_scan_end end = pj_scan_next(&scan, &none, 0);
    if (end == PJ_SCAN_OPEN) {
        PyErr_SetString(PyExc_ValueError, "a quote never closes");
        return NULL;
    }
    size_t n = end == PJ_SCAN_NO_MORE ? 0 : scan.cells;
    Py_ssize_t next = (Py_ssize_t)scan.next;
    pj_cell *cells = PyMem_Calloc(n + 1, sizeof(*cells));
    char *copy = PyMem_Malloc(scan.end - scan.start + 1);
    PyObject *list = cells == NULL || copy == NULL ? PyErr_NoMemory() : PyList_New((Py_ssize_t)n);
    if (list != NULL && n > 0) {
        pj_scan_init(&scan, text, len, delimiter);
        (void)pj_scan_next(&scan, cells, n);
    }
    for (size_t i = 0; list != NULL && i < n; i++) {
        PyObject *cell = PyBytes_FromStringAndSize(copy, (Py_ssize_t)pj_cell_copy(text, &cells[i], copy));
        if (cell == NULL || PyList_SetItem(list, (Py_ssize_t)i, cell) < 0) {
            Py_CLEAR(list);
        }
    }
    PyMem_Free(cells);
    PyMem_Free(copy);
    PyObject *result = list == NULL ? NULL : Py_BuildValue("(On)", list, next);
    Py_XDECREF(list);
    return result;
}

PyObject *pj_split_record_py(PyObject *module, PyObject *args) {
    Py_buffer block;
    const char *delimiter = ",";
    Py_ssize_t len = 1;
    PyObject *result = NULL;
    (void)module;
    if (!PyArg_ParseTuple(args, "y*|y#:split_record", &block, &delimiter, &len)) {
        return NULL;
    }
    if (pj_check_block(&block) == 0 && pj_check_delimiter(delimiter, len) == 0) {
        result = split(block.buf, (size_t)block.len, delimiter[0]);
    }
    PyBuffer_Release(&block);
    return result;
}
