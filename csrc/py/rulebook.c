/* Rulebook: frameworks and phrases in the engine's form, and the reading of a report by them. */
#include "border.h"

#include <string.h>

#include "read/report.h"

typedef struct rulebook_object {
    PyObject_HEAD pj_rulebook rules;
} rulebook_object;

static int copy_ucs4(PyObject *text, uint32_t *field, Py_ssize_t n) {
    Py_ssize_t length = PyUnicode_GetLength(text);
    memset(field, 0, (size_t)n * sizeof(*field));
    if (length > n) {
        PyErr_Format(PyExc_ValueError, "expected at most %zd characters, got %zd", n, length);
        return -1;
    }
    return length == 0 || PyUnicode_AsUCS4(text, (Py_UCS4 *)field, n, 0) != NULL ? 0 : -1;
}

/* A day's number since 1970-01-01, or None. */
static int read_day(PyObject *value, int64_t *day) {
    if (value == Py_None) {
        *day = PJ_NAT;
        return 0;
    }
    *day = PyLong_AsLongLong(value);
    return *day == -1 && PyErr_Occurred() != NULL ? -1 : 0;
}

static int add_framework(pj_rulebook *rules, PyObject *row) {
    PyObject *id = NULL;
    PyObject *first = NULL;
    PyObject *last = NULL;
    PyObject *maxima = NULL;
    int gives_overall = 0;
    void *slot = NULL;
    if (!PyArg_ParseTuple(row, "UOOO!p", &id, &first, &last, &PyTuple_Type, &maxima, &gives_overall)) {
        return -1;
    }
    if (pj_vec_push(&rules->frameworks, &slot, NULL) != PJ_OK) {
        PyErr_NoMemory();
        return -1;
    }
    pj_rule_framework *f = slot;
    f->gives_overall = gives_overall != 0;
    if (copy_ucs4(id, f->id, 16) < 0 || read_day(first, &f->first_day) < 0 || read_day(last, &f->last_day) < 0) {
        return -1;
    }
    Py_ssize_t n = PyTuple_Size(maxima);
    if (n >= PJ_MAXIMA) {
        PyErr_Format(PyExc_ValueError, "expected fewer than %d maxima, got %zd", PJ_MAXIMA, n);
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        long value = PyLong_AsLong(PyTuple_GetItem(maxima, i)); // noqa: borrowed-ref OK, the tuple outlives it
        if (value < 1 || value > 99) {
            if (PyErr_Occurred() == NULL) {
                PyErr_SetString(PyExc_ValueError, "expected a maximum from 1 to 99");
            }
            return -1;
        }
        f->maxima[i] = (int16_t)value;
    }
    return 0;
}

static int add_standard(pj_rulebook *rules, PyObject *row) {
    PyObject *title = NULL;
    const char *code = NULL;
    const char *domain = NULL;
    int framework = 0;
    int core = 0;
    int counts = 0;
    int pooled = 0;
    int asked = 0;
    void *slot = NULL;
    if (!PyArg_ParseTuple(row, "isUspppi", &framework, &code, &title, &domain, &core, &counts, &pooled, &asked)) {
        return -1;
    }
    if (strlen(code) > 7 || strlen(domain) != 1 || framework < 0 || framework > INT16_MAX || asked < 0 || asked > 99) {
        PyErr_SetString(PyExc_ValueError, "expected a standard's code of at most 7 characters and a domain of one");
        return -1;
    }
    if (pj_vec_push(&rules->standards, &slot, NULL) != PJ_OK) {
        PyErr_NoMemory();
        return -1;
    }
    pj_rule_standard *s = slot;
    s->framework = (int16_t)framework;
    s->domain = domain[0];
    s->core = core != 0;
    s->counts = counts != 0;
    s->pooled = pooled != 0;
    s->asked = (int16_t)asked;
    memcpy(s->code, code, strlen(code));
    return copy_ucs4(title, s->title, 96);
}

static int add_question(pj_rulebook *rules, PyObject *row) {
    PyObject *text = NULL;
    int standard = 0;
    int number = 0;
    void *slot = NULL;
    if (!PyArg_ParseTuple(row, "iiU", &standard, &number, &text)) {
        return -1;
    }
    if (standard < 0 || standard > INT16_MAX || number < 0 || number > INT16_MAX) {
        PyErr_SetString(PyExc_ValueError, "expected a question's standard and number from 0 to 32767");
        return -1;
    }
    if (pj_vec_push(&rules->questions, &slot, NULL) != PJ_OK) {
        PyErr_NoMemory();
        return -1;
    }
    pj_rule_question *q = slot;
    q->standard = (int16_t)standard;
    q->number = (int16_t)number;
    return copy_ucs4(text, q->text, 160);
}

static int read_phrase(PyObject *row, pj_phrase *out) {
    Py_ssize_t length = 0;
    int role = 0;
    int framework = 0;
    int standard = 0;
    int number = 0;
    int value = 0;
    /* the text is borrowed from the row, which the list keeps */
    if (!PyArg_ParseTuple(row, "is#iiii", &role, &out->text, &length, &framework, &standard, &number, &value)) {
        return -1;
    }
    if (role < 0 || role >= PJ_ROLE_COUNT || framework < -1 || framework > INT16_MAX || standard < -1 ||
        standard > INT16_MAX || number < -1 || number > INT16_MAX) {
        PyErr_SetString(PyExc_ValueError, "expected a phrase's numbers within their ranges");
        return -1;
    }
    out->len = (size_t)length;
    out->meaning.role = (uint8_t)role;
    out->meaning.framework = (int16_t)framework;
    out->meaning.standard = (int16_t)standard;
    out->meaning.number = (int16_t)number;
    out->meaning.value = value;
    return 0;
}

static int add_all(pj_rulebook *rules, PyObject *list, int (*add)(pj_rulebook *, PyObject *)) {
    for (Py_ssize_t i = 0; i < PyList_Size(list); i++) {
        if (add(rules, PyList_GetItem(list, i)) < 0) { // noqa: borrowed-ref OK, nothing changes the list meanwhile
            return -1;
        }
    }
    return 0;
}

static int add_phrases(const pj_state *state, pj_rulebook *rules, PyObject *list) {
    size_t n = (size_t)PyList_Size(list);
    pj_phrase *phrases = PyMem_Calloc(n + 1, sizeof(*phrases));
    int result = phrases == NULL ? -1 : 0;
    if (phrases == NULL) {
        PyErr_NoMemory();
    }
    for (size_t i = 0; i < n && result == 0; i++) {
        result = read_phrase(PyList_GetItem(list, (Py_ssize_t)i), &phrases[i]); // noqa: borrowed-ref OK
    }
    if (result == 0) {
        pj_error err = {PJ_OK, 0, 0, NULL};
        pj_status status = pj_rulebook_finish(rules, phrases, n, pj_alloc_libc(), &err);
        if (status == PJ_EVALUE) {
            PyErr_Format(PyExc_ValueError, "entry %llu: %s", (unsigned long long)err.offset, err.message);
        } else if (status != PJ_OK) {
            (void)pj_raise(state, status, &err);
        }
        result = status == PJ_OK ? 0 : -1;
    }
    PyMem_Free(phrases);
    return result;
}

static PyObject *rulebook_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"frameworks", "standards", "questions", "phrases", NULL};
    PyObject *frameworks = NULL;
    PyObject *standards = NULL;
    PyObject *questions = NULL;
    PyObject *phrases = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O!O!O!O!:Rulebook", names, &PyList_Type, &frameworks, &PyList_Type,
                                     &standards, &PyList_Type, &questions, &PyList_Type, &phrases)) {
        return NULL;
    }
    allocfunc make = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    rulebook_object *self = (rulebook_object *)make(type, 0);
    if (self == NULL) {
        return NULL;
    }
    pj_rulebook_init(&self->rules, pj_alloc_libc());
    const pj_state *state = PyType_GetModuleState(type);
    if (state == NULL || add_all(&self->rules, frameworks, add_framework) < 0 ||
        add_all(&self->rules, standards, add_standard) < 0 || add_all(&self->rules, questions, add_question) < 0 ||
        add_phrases(state, &self->rules, phrases) < 0) {
        Py_DECREF((PyObject *)self);
        return NULL;
    }
    return (PyObject *)self;
}

static void rulebook_dealloc(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    pj_rulebook_free(&((rulebook_object *)self)->rules);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(self);
    Py_DECREF((PyObject *)type);
}

static PyType_Slot rulebook_slots[] = {
    {Py_tp_doc, "Rulebook(frameworks, standards, questions, phrases)\n--\n\n"
                "Frameworks and phrases in the engine's form; immutable, to be shared between threads."},
    {Py_tp_new, (void *)rulebook_new},
    {Py_tp_dealloc, (void *)rulebook_dealloc},
    {0, NULL}};
static PyType_Spec rulebook_spec = {.name = "pyjustice._core.Rulebook",
                                    .basicsize = sizeof(rulebook_object),
                                    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                    .slots = rulebook_slots};

#define PJ_ADD_ROLE(name)                                                                                              \
    if (!failed) {                                                                                                     \
        PyObject *number = PyLong_FromLong(PJ_ROLE_##name);                                                            \
        failed = number == NULL || PyDict_SetItemString(roles, #name, number) < 0;                                     \
        Py_XDECREF(number);                                                                                            \
    }

int pj_add_rulebook(PyObject *module, pj_state *state) {
    PyObject *roles = PyDict_New();
    int failed = roles == NULL;
    PJ_ROLES(PJ_ADD_ROLE)
    failed = failed || PyModule_AddObjectRef(module, "ROLES", roles) < 0;
    Py_XDECREF(roles);
    if (failed) {
        return -1;
    }
    state->rulebook_type = PyType_FromModuleAndSpec(module, &rulebook_spec, NULL);
    return state->rulebook_type == NULL ? -1 : PyModule_AddObjectRef(module, "Rulebook", state->rulebook_type);
}

const char pj_read_report_doc[] =
    "read_report(text, rules, report=0, framework=-1)\n--\n\n"
    "Read UTF-8 bytes; returns (inspections, ratings, questions, samples, recommendations, quantities, mentions).";

static PyObject *arrays_of(const pj_state *state, pj_report *report) {
    pj_vec inspections;
    pj_vec_init(&inspections, pj_alloc_libc(), sizeof(pj_inspection));
    if (pj_vec_append(&inspections, &report->inspection, 1, NULL) != PJ_OK) {
        return PyErr_NoMemory();
    }
    struct {
        int record;
        pj_vec *vec;
    } parts[] = {{PJ_RECORD_INSPECTION, &inspections},
                 {PJ_RECORD_RATING, &report->ratings},
                 {PJ_RECORD_QUESTION, &report->questions},
                 {PJ_RECORD_SAMPLE, &report->samples},
                 {PJ_RECORD_RECOMMENDATION, &report->recommendations},
                 {PJ_RECORD_QUANTITY, &report->quantities},
                 {PJ_RECORD_MENTION, &report->mentions}};
    Py_ssize_t n = (Py_ssize_t)(sizeof(parts) / sizeof(parts[0]));
    PyObject *tuple = PyTuple_New(n);
    for (Py_ssize_t i = 0; i < n && tuple != NULL; i++) {
        PyObject *array = pj_array_steal(state, parts[i].record, parts[i].vec);
        if (array == NULL || PyTuple_SetItem(tuple, i, array) < 0) { /* the tuple takes the array over */
            Py_CLEAR(tuple);
        }
    }
    pj_vec_free(&inspections);
    return tuple;
}

PyObject *pj_read_report_py(PyObject *module, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"text", "rules", "report", "framework", NULL};
    const pj_state *state = pj_state_of(module);
    PyObject *text = NULL;
    PyObject *rules = NULL;
    int report_number = 0;
    int framework = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "SO!|ii:read_report", names, &text,
                                     (PyTypeObject *)state->rulebook_type, &rules, &report_number, &framework)) {
        return NULL;
    }
    const pj_rulebook *book = &((rulebook_object *)rules)->rules;
    if (framework < -1 || framework >= (int)book->frameworks.len) {
        PyErr_SetString(PyExc_ValueError, "expected the index of a framework of these rules, or -1");
        return NULL;
    }
    char *bytes = NULL;
    Py_ssize_t length = 0;
    if (PyBytes_AsStringAndSize(text, &bytes, &length) < 0) {
        return NULL;
    }
    pj_report report;
    pj_error err = {PJ_OK, 0, 0, NULL};
    pj_status status = PJ_OK;
    Py_BEGIN_ALLOW_THREADS status =
        pj_report_read(book, bytes, (size_t)length, report_number, framework, pj_alloc_libc(), &report, &err);
    Py_END_ALLOW_THREADS PyObject *result = status == PJ_OK ? arrays_of(state, &report) : pj_raise(state, status, &err);
    pj_report_free(&report);
    return result;
}
