/* The extension module pyjustice._core. */
#include "border.h"

#include "compute/rate.h"

static PyObject *counts_from_percent(PyObject *module, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"percent", "cases", "decimals", NULL};
    double percent = 0;
    long long cases = 0;
    int decimals = 0;
    int64_t least = -1;
    int64_t most = -1;
    (void)module;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "dL|i:counts_from_percent", names, &percent, &cases, &decimals)) {
        return NULL;
    }
    if (!pj_counts_from_percent(percent, cases, decimals, &least, &most)) {
        least = -1;
        most = -1;
    }
    return Py_BuildValue("(LL)", (long long)least, (long long)most);
}

static PyMethodDef methods[] = {
    {"read_report", (PyCFunction)(void (*)(void))pj_read_report_py, METH_VARARGS | METH_KEYWORDS, pj_read_report_doc},
    {"counts_from_percent", (PyCFunction)(void (*)(void))counts_from_percent, METH_VARARGS | METH_KEYWORDS,
     "counts_from_percent(percent, cases, decimals=0)\n--\n\n"
     "Smallest and largest k whose k/cases prints, half up, as percent; (-1, -1) if there is none."},
    {"cut_records", pj_cut_records_py, METH_VARARGS, pj_cut_records_doc},
    {"split_record", pj_split_record_py, METH_VARARGS, pj_split_record_doc},
    {"split_texts", pj_split_texts_py, METH_O, pj_split_texts_doc},
    {"resample", pj_resample_py, METH_VARARGS, pj_resample_doc},
    {"scan_columns", pj_scan_columns_py, METH_VARARGS, pj_scan_columns_doc},
    {"scan_tally", pj_scan_tally_py, METH_VARARGS, pj_scan_tally_doc},
    {"read_figures", pj_read_figures_py, METH_VARARGS, pj_read_figures_doc},
    {NULL, NULL, 0, NULL}};

pj_state *pj_state_of(PyObject *module) {
    return PyModule_GetState(module);
}

static int exec_module(PyObject *module) {
    pj_state *state = pj_state_of(module);
    if (pj_import_numpy() < 0 || pj_add_exceptions(module, state) < 0 || pj_add_dtypes(module, state) < 0 ||
        pj_add_rulebook(module, state) < 0 || pj_add_case_plan(module, state) < 0 || pj_add_cases(module, state) < 0 ||
        pj_add_markers(module, state) < 0) {
        return -1;
    }
    return 0;
}

static int traverse(PyObject *module, visitproc visit, void *arg) {
    pj_state *state = pj_state_of(module);
    Py_VISIT(state->error);
    Py_VISIT(state->parse_error);
    Py_VISIT(state->framework_error);
    Py_VISIT(state->data_error);
    Py_VISIT(state->rulebook_type);
    Py_VISIT(state->case_plan_type);
    Py_VISIT(state->case_columns_type);
    Py_VISIT(state->case_tally_type);
    Py_VISIT(state->markers_type);
    for (int i = 0; i < PJ_N_RECORDS; i++) {
        Py_VISIT(state->dtypes[i]);
    }
    return 0;
}

static int clear(PyObject *module) {
    pj_state *state = pj_state_of(module);
    Py_CLEAR(state->error);
    Py_CLEAR(state->parse_error);
    Py_CLEAR(state->framework_error);
    Py_CLEAR(state->data_error);
    Py_CLEAR(state->rulebook_type);
    Py_CLEAR(state->case_plan_type);
    Py_CLEAR(state->case_columns_type);
    Py_CLEAR(state->case_tally_type);
    Py_CLEAR(state->markers_type);
    for (int i = 0; i < PJ_N_RECORDS; i++) {
        Py_CLEAR(state->dtypes[i]);
    }
    return 0;
}

static void free_module(void *module) {
    (void)clear(module);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)exec_module},
#if defined(Py_mod_multiple_interpreters)
    {Py_mod_multiple_interpreters, Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED}, /* as numpy says of itself */
#endif
#if defined(Py_mod_gil)
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT,
    .m_name = "_core",
    .m_doc = "The engine of pyjustice: records, readers and arithmetic in C.",
    .m_size = sizeof(pj_state),
    .m_methods = methods,
    .m_slots = slots,
    .m_traverse = traverse,
    .m_clear = clear,
    .m_free = free_module,
};

PyMODINIT_FUNC PyInit__core(void) {
    return PyModuleDef_Init(&definition);
}
