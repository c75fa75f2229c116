/* The border between the engine and Python: what its files share. Only here may Python and numpy be seen. */
#ifndef PJ_PY_BORDER_H
#define PJ_PY_BORDER_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "base/records.h"
#include "base/status.h"
#include "base/vec.h"

/* One of each record's dtype, in the order of PJ_RECORDS. */
#define PJ_RECORD_INDEX(list, NAME, type) PJ_RECORD_##NAME,
enum {
    PJ_RECORDS(PJ_RECORD_INDEX) PJ_N_RECORDS
};

typedef struct pj_state {
    PyObject *error; /* PyjusticeError */
    PyObject *parse_error;
    PyObject *framework_error;
    PyObject *data_error;
    PyObject *rulebook_type;
    PyObject *case_plan_type;
    PyObject *case_columns_type;
    PyObject *case_tally_type;
    PyObject *markers_type;
    PyObject *dtypes[PJ_N_RECORDS];
} pj_state;

pj_state *pj_state_of(PyObject *module);

/* exceptions.c: make the four classes and add them to the module */
int pj_add_exceptions(PyObject *module, pj_state *state);
/* Raise what a status stands for. Always returns NULL. */
PyObject *pj_raise(const pj_state *state, pj_status status, const pj_error *err);

/* arrays.c: make the dtypes and add them to the module */
int pj_add_dtypes(PyObject *module, pj_state *state);
/* A structured array over the items of `vec`, which it takes over without a copy (the vec is emptied). */
PyObject *pj_array_steal(const pj_state *state, int record, pj_vec *vec);
/* The same for a column of plain integers. */
typedef enum pj_kind {
    PJ_KIND_U1,
    PJ_KIND_I1,
    PJ_KIND_I4,
    PJ_KIND_I8
} pj_kind;
PyObject *pj_column_steal(pj_kind kind, pj_vec *vec);
int pj_import_numpy(void);
PyObject *pj_split_texts_py(PyObject *module, PyObject *text);
extern const char pj_split_texts_doc[];

/* rulebook.c */
int pj_add_rulebook(PyObject *module, pj_state *state);
PyObject *pj_read_report_py(PyObject *module, PyObject *args, PyObject *kwargs);
extern const char pj_read_report_doc[];

/* case_plan.c, cases.c */
int pj_add_case_plan(PyObject *module, pj_state *state);
int pj_add_cases(PyObject *module, pj_state *state);
PyObject *pj_scan_columns_py(PyObject *module, PyObject *args);
PyObject *pj_scan_tally_py(PyObject *module, PyObject *args);
extern const char pj_scan_columns_doc[];
extern const char pj_scan_tally_doc[];

/* resample.c */
PyObject *pj_resample_py(PyObject *module, PyObject *args);
extern const char pj_resample_doc[];

/* cells.c */
int pj_add_markers(PyObject *module, pj_state *state);
PyObject *pj_read_figures_py(PyObject *module, PyObject *args);
extern const char pj_read_figures_doc[];

/* records.c: -1 with a ValueError for what the engine does not take */
int pj_check_delimiter(const char *text, Py_ssize_t len);
int pj_check_block(const Py_buffer *block);
PyObject *pj_cut_records_py(PyObject *module, PyObject *args);
PyObject *pj_split_record_py(PyObject *module, PyObject *args);
extern const char pj_cut_records_doc[];
extern const char pj_split_record_doc[];

#endif
