/* CaseColumns and CaseTally: files of cases read into columns, or counted, block by block. They differ in what the
 * engine makes of a block; all else is shared. */
#include "case_plan.h"

#include <string.h>

#include "jobs/tally_cases.h"
#include "read/case_table.h"

typedef enum result_kind {
    COLUMNS,
    TALLY
} result_kind;

/* The plan, whose shape is that of the result, is kept alive; NULL once nothing may be added any more. */
typedef struct result_object {
    PyObject_HEAD PyObject *plan;
    result_kind kind;
    union {
        pj_case_table columns;
        pj_case_tally tally;
    } as;
} result_object;

static pj_status init_result(result_object *self, const pj_case_plan *plan, pj_error *err) {
    return self->kind == COLUMNS ? pj_case_table_init(&self->as.columns, plan, pj_alloc_libc(), err)
                                 : pj_case_tally_init(&self->as.tally, plan, pj_alloc_libc(), err);
}

static pj_status read_result(result_object *self, const pj_case_plan *plan, const Py_buffer *block, pj_error *err) {
    size_t len = (size_t)block->len;
    return self->kind == COLUMNS ? pj_case_table_read(&self->as.columns, plan, block->buf, len, err)
                                 : pj_case_tally_read(&self->as.tally, plan, block->buf, len, err);
}

static pj_status absorb_result(result_object *self, const result_object *next, pj_error *err) {
    return self->kind == COLUMNS ? pj_case_table_absorb(&self->as.columns, &next->as.columns, err)
                                 : pj_case_tally_absorb(&self->as.tally, &next->as.tally, err);
}

#define PJ_REASON_TEXTS                                                                                                \
    {"",                                                                                                               \
     "fewer cells than the header",                                                                                    \
     "more cells than the header",                                                                                     \
     "not an answer",                                                                                                  \
     "text behind a closing quote",                                                                                    \
     "a NUL byte"}

static int set(PyObject *dict, const char *name, PyObject *value) {
    int failed = value == NULL || PyDict_SetItemString(dict, name, value) < 0;
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

/* (lines, columns, reasons) of refused rows. */
static PyObject *refused_of(const pj_vec *refused) {
    pj_alloc alloc = pj_alloc_libc();
    pj_vec lines;
    pj_vec columns;
    pj_vec reasons;
    pj_vec_init(&lines, alloc, sizeof(int64_t));
    pj_vec_init(&columns, alloc, sizeof(int32_t));
    pj_vec_init(&reasons, alloc, sizeof(uint8_t));
    pj_status status = PJ_OK;
    for (size_t i = 0; i < refused->len && status == PJ_OK; i++) {
        const pj_refusal *row = &PJ_AT(refused, pj_refusal, i);
        status = pj_vec_append(&lines, &row->line, 1, NULL);
        status = status == PJ_OK ? pj_vec_append(&columns, &row->column, 1, NULL) : status;
        status = status == PJ_OK ? pj_vec_append(&reasons, &row->reason, 1, NULL) : status;
    }
    PyObject *result = NULL;
    if (status != PJ_OK) {
        PyErr_NoMemory();
    } else {
        PyObject *parts[] = {pj_column_steal(PJ_KIND_I8, &lines), pj_column_steal(PJ_KIND_I4, &columns),
                             pj_column_steal(PJ_KIND_U1, &reasons)};
        int whole = parts[0] != NULL && parts[1] != NULL && parts[2] != NULL;
        result = whole ? PyTuple_Pack(3, parts[0], parts[1], parts[2]) : NULL;
        for (int i = 0; i < 3; i++) {
            Py_XDECREF(parts[i]);
        }
    }
    pj_vec_free(&lines);
    pj_vec_free(&columns);
    pj_vec_free(&reasons);
    return result;
}

/* A list of what `make(ctx, i)` returns for i below n. */
static PyObject *list_of(size_t n, PyObject *(*make)(void *, size_t), void *ctx) {
    PyObject *list = PyList_New((Py_ssize_t)n);
    for (size_t i = 0; i < n && list != NULL; i++) {
        PyObject *item = make(ctx, i);
        if (item == NULL || PyList_SetItem(list, (Py_ssize_t)i, item) < 0) { /* the list takes the item over */
            Py_CLEAR(list);
        }
    }
    return list;
}

static PyObject *text_of(void *intern, size_t i) {
    size_t len = 0;
    const char *text = pj_intern_at(intern, (uint32_t)i, &len);
    return PyBytes_FromStringAndSize(text, (Py_ssize_t)len);
}

/* The texts that name group `g`, in the order of the plan's text columns. */
static PyObject *group_names(void *ctx, size_t g) {
    const pj_tally *tally = ctx;
    size_t len = 0;
    PyObject *names = PyTuple_New((Py_ssize_t)tally->keys);
    for (size_t key = 0; key < tally->keys && names != NULL; key++) {
        uint32_t number = 0;
        memcpy(&number, pj_intern_at(&tally->groups, (uint32_t)g, &len) + key * sizeof(number), sizeof(number));
        PyObject *name = text_of(&PJ_AT(&tally->names, pj_intern, key), number);
        if (name == NULL || PyTuple_SetItem(names, (Py_ssize_t)key, name) < 0) {
            Py_CLEAR(names);
        }
    }
    return names;
}

static PyObject *answers_item(void *column, size_t i) {
    return pj_column_steal(PJ_KIND_I1, &((pj_vec *)column)[i]);
}

static PyObject *codes_item(void *column, size_t i) {
    return pj_column_steal(PJ_KIND_I4, &((pj_vec *)column)[i]);
}

/* All strings, none of which holds a NUL, with NULs between them: as objects of their own many would take long. */
static PyObject *values_item(void *interns, size_t i) {
    const pj_intern *intern = &((const pj_intern *)interns)[i];
    size_t n = pj_intern_count(intern);
    size_t size = intern->bytes.len + (n > 0 ? n - 1 : 0);
    PyObject *joined = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
    char *out = joined == NULL ? NULL : PyBytes_AsString(joined);
    for (size_t k = 0; k < n && out != NULL; k++) {
        size_t len = 0;
        const char *text = pj_intern_at(intern, (uint32_t)k, &len);
        if (k > 0) {
            *out++ = 0;
        }
        memcpy(out, text, len);
        out += len;
    }
    return joined;
}

static int fill_columns(PyObject *dict, pj_case_table *table) {
    return set(dict, "rows", PyLong_FromSize_t(table->lines.len + table->refused.len)) < 0 ||
                   set(dict, "rows_refused", PyLong_FromSize_t(table->refused.len)) < 0 ||
                   set(dict, "refused", refused_of(&table->refused)) < 0 ||
                   set(dict, "values", list_of(table->values.len, values_item, table->values.data)) < 0 ||
                   set(dict, "answers", list_of(table->answers.len, answers_item, table->answers.data)) < 0 ||
                   set(dict, "codes", list_of(table->codes.len, codes_item, table->codes.data)) < 0 ||
                   set(dict, "lines", pj_column_steal(PJ_KIND_I8, &table->lines)) < 0
               ? -1
               : 0;
}

static int fill_tally(PyObject *dict, pj_case_tally *made) {
    return set(dict, "keys", list_of(made->tally.rows.len, group_names, &made->tally)) < 0 ||
                   set(dict, "rows", pj_column_steal(PJ_KIND_I8, &made->tally.rows)) < 0 ||
                   set(dict, "counts", pj_column_steal(PJ_KIND_I8, &made->tally.counts)) < 0 ||
                   set(dict, "refused", refused_of(&made->refused)) < 0 ||
                   set(dict, "rows_refused", PyLong_FromUnsignedLongLong(made->rows_refused)) < 0
               ? -1
               : 0;
}

static PyObject *result_finish(PyObject *object, PyObject *unused) {
    result_object *self = (result_object *)object;
    (void)unused;
    if (self->plan == NULL) {
        PyErr_SetString(PyExc_ValueError, "finish: it was finished before, or reading failed");
        return NULL;
    }
    Py_CLEAR(self->plan);
    PyObject *dict = PyDict_New();
    if (dict != NULL &&
        (self->kind == COLUMNS ? fill_columns(dict, &self->as.columns) : fill_tally(dict, &self->as.tally)) < 0) {
        Py_CLEAR(dict);
    }
    return dict;
}

static PyObject *result_absorb(PyObject *object, PyTypeObject *cls, PyObject *const *args, Py_ssize_t n,
                               PyObject *kwnames) {
    result_object *self = (result_object *)object;
    result_object *next = n == 1 && kwnames == NULL && Py_TYPE(args[0]) == cls ? (result_object *)args[0] : NULL;
    if (next == NULL || next == self || self->plan == NULL || next->plan != self->plan) {
        PyErr_SetString(PyExc_TypeError, "absorb: expected another result of the same plan, neither finished");
        return NULL;
    }
    pj_error err = {PJ_OK, 0, 0, NULL};
    pj_status status = absorb_result(self, next, &err);
    if (status != PJ_OK) {
        Py_CLEAR(self->plan); /* what was added halfway is of no use */
        return pj_raise(PyType_GetModuleState(cls), status, &err);
    }
    return Py_NewRef(Py_None);
}

static PyObject *result_line_ends(PyObject *object, void *unused) {
    const result_object *self = (const result_object *)object;
    (void)unused;
    return PyLong_FromUnsignedLongLong(self->kind == COLUMNS ? self->as.columns.line_ends : self->as.tally.line_ends);
}

/* An empty result of a plan; `type` is one of the two. */
static PyObject *make_result(PyTypeObject *type, const pj_state *state, PyObject *plan) {
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    result_object *self = (result_object *)make(type, 0);
    pj_error err = {PJ_OK, 0, 0, NULL};
    if (self == NULL) {
        return NULL;
    }
    self->kind = (PyObject *)type == state->case_columns_type ? COLUMNS : TALLY;
    self->plan = Py_NewRef(plan);
    pj_status status = init_result(self, pj_case_plan_of(plan), &err);
    if (status != PJ_OK) {
        Py_DECREF((PyObject *)self);
        return pj_raise(state, status, &err);
    }
    return (PyObject *)self;
}

static PyObject *result_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"plan", NULL};
    PyObject *plan = NULL;
    const pj_state *state = PyType_GetModuleState(type);
    if (state == NULL ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "O!", names, (PyTypeObject *)state->case_plan_type, &plan)) {
        return NULL;
    }
    return make_result(type, state, plan);
}

static void result_dealloc(PyObject *object) {
    PyTypeObject *type = Py_TYPE(object);
    result_object *self = (result_object *)object;
    if (self->kind == COLUMNS) {
        pj_case_table_free(&self->as.columns);
    } else {
        pj_case_tally_free(&self->as.tally);
    }
    Py_XDECREF(self->plan);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF((PyObject *)type);
}

/* Read one block into a result of its own, without the interpreter's lock. */
static PyObject *scan_block(PyObject *module, PyObject *type, PyObject *args) {
    const pj_state *state = pj_state_of(module);
    PyObject *plan = NULL;
    Py_buffer block;
    if (!PyArg_ParseTuple(args, "O!y*", (PyTypeObject *)state->case_plan_type, &plan, &block)) {
        return NULL;
    }
    PyObject *result = pj_check_block(&block) < 0 ? NULL : make_result((PyTypeObject *)type, state, plan);
    if (result != NULL) {
        pj_error err = {PJ_OK, 0, 0, NULL};
        pj_status status = PJ_OK;
        Py_BEGIN_ALLOW_THREADS status = read_result((result_object *)result, pj_case_plan_of(plan), &block, &err);
        Py_END_ALLOW_THREADS if (status != PJ_OK) {
            Py_CLEAR(result);
            (void)pj_raise(state, status, &err);
        }
    }
    PyBuffer_Release(&block);
    return result;
}

const char pj_scan_columns_doc[] = "scan_columns(plan, block, /)\n--\n\n"
                                   "CaseColumns of a block of whole records, read without the interpreter's lock.";

PyObject *pj_scan_columns_py(PyObject *module, PyObject *args) {
    return scan_block(module, pj_state_of(module)->case_columns_type, args);
}

const char pj_scan_tally_doc[] = "scan_tally(plan, block, /)\n--\n\n"
                                 "CaseTally of a block of whole records, counted without the interpreter's lock.";

PyObject *pj_scan_tally_py(PyObject *module, PyObject *args) {
    return scan_block(module, pj_state_of(module)->case_tally_type, args);
}

static PyMethodDef methods[] = {
    {"absorb", (PyCFunction)(void (*)(void))result_absorb, METH_METHOD | METH_FASTCALL | METH_KEYWORDS,
     "absorb($self, other, /)\n--\n\nAdd what was read of the block that follows."},
    {"finish", result_finish, METH_NOARGS,
     "finish($self, /)\n--\n\nHand everything over as a dict; nothing may be added any more."},
    {NULL, NULL, 0, NULL}};
static PyGetSetDef members[] = {{"line_ends", result_line_ends, NULL, "Line ends in all that was read.", NULL},
                                {NULL, NULL, NULL, NULL, NULL}};

#define PJ_RESULT_SLOTS(doc)                                                                                           \
    {                                                                                                                  \
        {Py_tp_doc, doc}, {Py_tp_new, (void *)result_new}, {Py_tp_dealloc, (void *)result_dealloc},                    \
            {Py_tp_methods, methods}, {Py_tp_getset, members}, {                                                       \
            0, NULL                                                                                                    \
        }                                                                                                              \
    }
static PyType_Slot columns_slots[] =
    PJ_RESULT_SLOTS("CaseColumns(plan)\n--\n\nCases as columns, put together block by block in the order of the file.");
static PyType_Slot tally_slots[] =
    PJ_RESULT_SLOTS("CaseTally(plan)\n--\n\nCounts of answers by group, added up block by block.");
static PyType_Spec columns_spec = {.name = "pyjustice._core.CaseColumns",
                                   .basicsize = sizeof(result_object),
                                   .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                   .slots = columns_slots};
static PyType_Spec tally_spec = {.name = "pyjustice._core.CaseTally",
                                 .basicsize = sizeof(result_object),
                                 .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                 .slots = tally_slots};

static PyObject *reason_item(void *texts, size_t i) {
    return PyUnicode_FromString(((const char *const *)texts)[i]);
}

int pj_add_cases(PyObject *module, pj_state *state) {
    static const char *reasons[] = PJ_REASON_TEXTS;
    PyObject *list = list_of(sizeof(reasons) / sizeof(reasons[0]), reason_item, (void *)reasons);
    PyObject *texts = list == NULL ? NULL : PyList_AsTuple(list);
    Py_XDECREF(list);
    int failed = texts == NULL || PyModule_AddObjectRef(module, "REASONS", texts) < 0;
    Py_XDECREF(texts);
    if (failed) {
        return -1;
    }
    state->case_columns_type = PyType_FromModuleAndSpec(module, &columns_spec, NULL);
    if (state->case_columns_type == NULL ||
        PyModule_AddObjectRef(module, "CaseColumns", state->case_columns_type) < 0) {
        return -1;
    }
    state->case_tally_type = PyType_FromModuleAndSpec(module, &tally_spec, NULL);
    return state->case_tally_type == NULL ? -1 : PyModule_AddObjectRef(module, "CaseTally", state->case_tally_type);
}
