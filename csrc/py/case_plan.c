/* CasePlan: what the columns of a file of cases are. */
#include "case_plan.h"

typedef struct plan_object {
    PyObject_HEAD pj_case_plan plan;
} plan_object;

static int add_roles(const pj_state *state, pj_case_plan *plan, PyObject *list) {
    size_t n = (size_t)PyList_Size(list);
    int32_t *roles = PyMem_Calloc(n + 1, sizeof(*roles));
    int failed = roles == NULL;
    if (failed) {
        PyErr_NoMemory();
    }
    for (size_t i = 0; i < n && !failed; i++) {
        long role = PyLong_AsLong(PyList_GetItem(list, (Py_ssize_t)i)); // noqa: borrowed-ref OK
        failed = role == -1 && PyErr_Occurred() != NULL;
        roles[i] = role < PJ_CASE_TEXT || role > PJ_CASE_COLUMNS ? PJ_CASE_COLUMNS : (int32_t)role;
    }
    if (!failed) {
        pj_error err = {PJ_OK, 0, 0, NULL};
        pj_status status = pj_case_plan_roles(plan, roles, n, &err);
        failed = status != PJ_OK;
        if (status == PJ_EVALUE) {
            PyErr_Format(PyExc_ValueError, "roles: %s", err.message);
        } else if (failed) {
            (void)pj_raise(state, status, &err);
        }
    }
    PyMem_Free(roles);
    return failed ? -1 : 0;
}

static int add_spelling(const pj_state *state, pj_case_plan *plan, PyObject *row) {
    const char *text = NULL;
    Py_ssize_t len = 0;
    int code = 0;
    pj_error err = {PJ_OK, 0, 0, NULL};
    if (!PyArg_ParseTuple(row, "y#i", &text, &len, &code)) {
        return -1;
    }
    for (int answer = 0; answer < PJ_ANSWERS; answer++) {
        if (PJ_ANSWER_CODE(answer) != code) {
            continue;
        }
        pj_status status = pj_case_plan_spelling(plan, text, (size_t)len, (pj_answer)answer, &err);
        if (status == PJ_EVALUE) {
            PyErr_Format(PyExc_ValueError, "vocabulary: %s", err.message);
        } else if (status != PJ_OK) {
            (void)pj_raise(state, status, &err);
        }
        return status == PJ_OK ? 0 : -1;
    }
    PyErr_SetString(PyExc_ValueError, "vocabulary: expected the code of an answer, -3 to 1");
    return -1;
}

static PyObject *plan_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"roles", "vocabulary", "delimiter", NULL};
    PyObject *roles = NULL;
    PyObject *vocabulary = NULL;
    const char *delimiter = ",";
    Py_ssize_t len = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!|y#:CasePlan", names, &PyList_Type, &roles, &PyList_Type,
                                     &vocabulary, &delimiter, &len)) {
        return NULL;
    }
    if (pj_check_delimiter(delimiter, len) < 0) {
        return NULL;
    }
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    plan_object *self = (plan_object *)make(type, 0);
    if (self == NULL) {
        return NULL;
    }
    pj_case_plan_init(&self->plan, pj_alloc_libc(), delimiter[0]);
    const pj_state *state = PyType_GetModuleState(type);
    int failed = state == NULL || add_roles(state, &self->plan, roles) < 0;
    for (Py_ssize_t i = 0; !failed && i < PyList_Size(vocabulary); i++) {
        failed = add_spelling(state, &self->plan, PyList_GetItem(vocabulary, i)) < 0; // noqa: borrowed-ref OK
    }
    if (failed) {
        Py_DECREF((PyObject *)self);
        return NULL;
    }
    return (PyObject *)self;
}

static void plan_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    pj_case_plan_free(&((plan_object *)self)->plan);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF((PyObject *)type);
}

static PyType_Slot plan_slots[] = {
    {Py_tp_doc, "CasePlan(roles, vocabulary, delimiter=b',')\n--\n\n"
                "What each column is (-1 skipped, -2 text, else the number of a question) and which spelling is which\n"
                "answer; immutable, to be shared between threads."},
    {Py_tp_new, (void *)plan_new},
    {Py_tp_dealloc, (void *)plan_dealloc},
    {0, NULL}};
static PyType_Spec plan_spec = {.name = "pyjustice._core.CasePlan",
                                .basicsize = sizeof(plan_object),
                                .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                .slots = plan_slots};

const pj_case_plan *pj_case_plan_of(PyObject *plan) {
    return &((plan_object *)plan)->plan;
}

int pj_add_case_plan(PyObject *module, pj_state *state) {
    state->case_plan_type = PyType_FromModuleAndSpec(module, &plan_spec, NULL);
    return state->case_plan_type == NULL ? -1 : PyModule_AddObjectRef(module, "CasePlan", state->case_plan_type);
}
