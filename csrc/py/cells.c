/* Markers: what the signs of a table mean; and the figures of a column of printed cells. */
#include "border.h"

#include "read/cells.h"

typedef struct markers_object {
    PyObject_HEAD pj_markers markers;
} markers_object;

static int add_marker(const pj_state *state, pj_markers *markers, PyObject *row) {
    const char *text = NULL;
    Py_ssize_t len = 0;
    unsigned char place = 0;
    unsigned char code = 0;
    int last_digit = 0;
    pj_marker marker = {0, 0, false, 0, 0, 0};
    pj_error err = {PJ_OK, 0, 0, NULL};
    if (!PyArg_ParseTuple(row, "y#bbdddp", &text, &len, &place, &code, &marker.value, &marker.lower, &marker.upper,
                          &last_digit)) {
        return -1;
    }
    marker.place = place;
    marker.code = code;
    marker.last_digit = last_digit != 0;
    pj_status status = pj_markers_add(markers, text, (size_t)len, &marker, &err);
    if (status == PJ_EVALUE) {
        PyErr_Format(PyExc_ValueError, "markers: %s", err.message);
    } else if (status != PJ_OK) {
        (void)pj_raise(state, status, &err);
    }
    return status == PJ_OK ? 0 : -1;
}

static PyObject *markers_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"markers", NULL};
    PyObject *rows = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!:Markers", names, &PyList_Type, &rows)) {
        return NULL;
    }
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    markers_object *self = (markers_object *)make(type, 0);
    if (self == NULL) {
        return NULL;
    }
    pj_markers_init(&self->markers, pj_alloc_libc());
    const pj_state *state = PyType_GetModuleState(type);
    int failed = state == NULL;
    for (Py_ssize_t i = 0; !failed && i < PyList_Size(rows); i++) {
        failed = add_marker(state, &self->markers, PyList_GetItem(rows, i)) < 0; // noqa: borrowed-ref OK
    }
    if (failed) {
        Py_DECREF((PyObject *)self);
        return NULL;
    }
    return (PyObject *)self;
}

static void markers_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    pj_markers_free(&((markers_object *)self)->markers);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF((PyObject *)type);
}

static PyType_Slot markers_slots[] = {
    {Py_tp_doc, "Markers(markers)\n--\n\n"
                "What signs mean: rows of (text, place, code, value, lower, upper, bounds in last digits?); place 0\n"
                "stands for a figure, code a place in CELL_REASONS; 1 stands beside one, code the number of a bit."},
    {Py_tp_new, (void *)markers_new},
    {Py_tp_dealloc, (void *)markers_dealloc},
    {0, NULL}};
static PyType_Spec markers_spec = {.name = "pyjustice._core.Markers",
                                   .basicsize = sizeof(markers_object),
                                   .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                   .slots = markers_slots};

const char pj_read_figures_doc[] = "read_figures(markers, cells, /)\n--\n\n"
                                   "FIGURE rows of cells of UTF-8, each of which a NUL ends.";

PyObject *pj_read_figures_py(PyObject *module, PyObject *args) {
    const pj_state *state = pj_state_of(module);
    PyObject *markers = NULL;
    Py_buffer cells;
    if (!PyArg_ParseTuple(args, "O!y*", (PyTypeObject *)state->markers_type, &markers, &cells)) {
        return NULL;
    }
    pj_vec figures;
    pj_vec_init(&figures, pj_alloc_libc(), sizeof(pj_figure));
    pj_error err = {PJ_OK, 0, 0, NULL};
    pj_status status = PJ_OK;
    const pj_markers *known = &((markers_object *)markers)->markers;
    Py_BEGIN_ALLOW_THREADS status = pj_figures_read(known, cells.buf, (size_t)cells.len, &figures, &err);
    Py_END_ALLOW_THREADS PyObject *result = NULL;
    if (status == PJ_OK) {
        result = pj_array_steal(state, PJ_RECORD_FIGURE, &figures);
    } else if (status == PJ_EVALUE) {
        PyErr_Format(PyExc_ValueError, "cells: %s", err.message);
    } else {
        (void)pj_raise(state, status, &err);
    }
    pj_vec_free(&figures);
    PyBuffer_Release(&cells);
    return result;
}

static int add_reasons(PyObject *module) {
#define PJ_CELL_REASON_TEXT(NAME, text) text,
    static const char *const texts[] = {PJ_CELL_REASONS(PJ_CELL_REASON_TEXT)};
    PyObject *list = PyList_New(0);
    for (int i = 0; i < PJ_N_CELL_REASONS && list != NULL; i++) {
        PyObject *text = PyUnicode_FromString(texts[i]);
        if (text == NULL || PyList_Append(list, text) < 0) {
            Py_CLEAR(list);
        }
        Py_XDECREF(text);
    }
    PyObject *tuple = list == NULL ? NULL : PyList_AsTuple(list);
    Py_XDECREF(list);
    int failed = tuple == NULL || PyModule_AddObjectRef(module, "CELL_REASONS", tuple) < 0;
    Py_XDECREF(tuple);
    return failed ? -1 : 0;
}

int pj_add_markers(PyObject *module, pj_state *state) {
    if (add_reasons(module) < 0) {
        return -1;
    }
    state->markers_type = PyType_FromModuleAndSpec(module, &markers_spec, NULL);
    return state->markers_type == NULL ? -1 : PyModule_AddObjectRef(module, "Markers", state->markers_type);
}
