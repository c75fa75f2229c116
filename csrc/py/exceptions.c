/* The exception classes. They are made here since the border raises them; each keeps its particulars as attributes, so
 * that a caller needs no parsing of messages, and its text starts as editors expect: "path:line: ...". */
#include "border.h"

/* Set `name` on the exception, and pass the value on; NULL stays NULL. */
static int set(PyObject *self, const char *name, PyObject *value) {
    int failed = value == NULL || PyObject_SetAttrString(self, name, value) < 0;
    Py_XDECREF(value);
    return failed ? -1 : 0;
}

static PyObject *text_or_empty(PyObject *value) {
    return value == NULL || value == Py_None ? PyUnicode_FromString("") : PyObject_Str(value);
}

/* All arguments become `args`, so that the exception survives pickling to another process. */
static int set_args(PyObject *self, PyObject *args) {
    return set(self, "args", args);
}

static int parse_error_init(PyObject *self, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"message", "path", "line", "column", "field", "offset", NULL};
    PyObject *message = NULL;
    PyObject *path = NULL;
    PyObject *field = NULL;
    long long line = 0;
    long long column = 0;
    long long offset = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "U|OLLOL:ParseError", names, &message, &path, &line, &column, &field,
                                     &offset)) {
        return -1;
    }
    PyObject *path_text = text_or_empty(path);
    PyObject *field_text = text_or_empty(field);
    int result = -1;
    if (path_text != NULL && field_text != NULL && set(self, "message", Py_NewRef(message)) == 0 &&
        set(self, "path", Py_NewRef(path_text)) == 0 && set(self, "line", PyLong_FromLongLong(line)) == 0 &&
        set(self, "column", PyLong_FromLongLong(column)) == 0 && set(self, "field", Py_NewRef(field_text)) == 0 &&
        set(self, "offset", PyLong_FromLongLong(offset)) == 0) {
        result = set_args(self, Py_BuildValue("(OOLLOL)", message, path_text, line, column, field_text, offset));
    }
    Py_XDECREF(path_text);
    Py_XDECREF(field_text);
    return result;
}

static PyObject *parse_error_str(PyObject *self) {
    PyObject *path = PyObject_GetAttrString(self, "path");
    PyObject *line = path == NULL ? NULL : PyObject_GetAttrString(self, "line");
    PyObject *field = line == NULL ? NULL : PyObject_GetAttrString(self, "field");
    PyObject *message = field == NULL ? NULL : PyObject_GetAttrString(self, "message");
    PyObject *text = NULL;
    if (message != NULL) {
        long long number = PyLong_AsLongLong(line);
        int placed = PyUnicode_GetLength(path) > 0;
        PyObject *where = NULL;
        if (number == -1 && PyErr_Occurred() != NULL) {
            where = NULL;
        } else if (number > 0) {
            where =
                placed ? PyUnicode_FromFormat("%U:%lld: ", path, number) : PyUnicode_FromFormat("line %lld: ", number);
        } else {
            where = placed ? PyUnicode_FromFormat("%U: ", path) : PyUnicode_FromString("");
        }
        if (where != NULL) {
            text = PyUnicode_GetLength(field) > 0 ? PyUnicode_FromFormat("%Ufield '%U': %U", where, field, message)
                                                  : PyUnicode_FromFormat("%U%U", where, message);
        }
        Py_XDECREF(where);
    }
    Py_XDECREF(path);
    Py_XDECREF(line);
    Py_XDECREF(field);
    Py_XDECREF(message);
    return text;
}

static int framework_error_init(PyObject *self, PyObject *args, PyObject *kwargs) {
    static char *names[] = {"message", "path", "key", NULL};
    PyObject *message = NULL;
    PyObject *path = NULL;
    PyObject *key = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "U|OO:FrameworkError", names, &message, &path, &key)) {
        return -1;
    }
    PyObject *path_text = text_or_empty(path);
    PyObject *key_text = text_or_empty(key);
    int result = -1;
    if (path_text != NULL && key_text != NULL && set(self, "message", Py_NewRef(message)) == 0 &&
        set(self, "path", Py_NewRef(path_text)) == 0 && set(self, "key", Py_NewRef(key_text)) == 0) {
        result = set_args(self, Py_BuildValue("(OOO)", message, path_text, key_text));
    }
    Py_XDECREF(path_text);
    Py_XDECREF(key_text);
    return result;
}

static PyObject *framework_error_str(PyObject *self) {
    PyObject *path = PyObject_GetAttrString(self, "path");
    PyObject *key = path == NULL ? NULL : PyObject_GetAttrString(self, "key");
    PyObject *message = key == NULL ? NULL : PyObject_GetAttrString(self, "message");
    PyObject *text = NULL;
    if (message != NULL) {
        int has_path = PyUnicode_GetLength(path) > 0;
        int has_key = PyUnicode_GetLength(key) > 0;
        if (!has_path && !has_key) {
            text = Py_NewRef(message);
        } else if (has_path && has_key) {
            text = PyUnicode_FromFormat("%U: key '%U': %U", path, key, message);
        } else if (has_path) {
            text = PyUnicode_FromFormat("%U: %U", path, message);
        } else {
            text = PyUnicode_FromFormat("key '%U': %U", key, message);
        }
    }
    Py_XDECREF(path);
    Py_XDECREF(key);
    Py_XDECREF(message);
    return text;
}

static PyType_Slot parse_slots[] = {
    {Py_tp_doc, "No text, or bytes that are no document: where, and what was expected.\n\n"
                "Attributes: message, path, line (1-based, 0 unknown), column, field, offset (bytes, -1 unknown)."},
    {Py_tp_init, (void *)parse_error_init},
    {Py_tp_str, (void *)parse_error_str},
    {0, NULL}};
static PyType_Spec parse_spec = {
    .name = "pyjustice.ParseError", .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, .slots = parse_slots};

static PyType_Slot framework_slots[] = {{Py_tp_doc,
                                         "A framework's file or dict that breaks its rules.\n\n"
                                         "Attributes: message, path, key (dotted, such as 'standard[3].title')."},
                                        {Py_tp_init, (void *)framework_error_init},
                                        {Py_tp_str, (void *)framework_error_str},
                                        {0, NULL}};
static PyType_Spec framework_spec = {
    .name = "pyjustice.FrameworkError", .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, .slots = framework_slots};

static PyObject *subclass(PyObject *module, PyType_Spec *spec, PyObject *bases) {
    return bases == NULL ? NULL : PyType_FromModuleAndSpec(module, spec, bases);
}

int pj_add_exceptions(PyObject *module, pj_state *state) {
    state->error =
        PyErr_NewExceptionWithDoc("pyjustice.PyjusticeError", "Whatever pyjustice raises of its own.", NULL, NULL);
    if (state->error == NULL) {
        return -1;
    }
    PyObject *bases = PyTuple_Pack(2, state->error, PyExc_ValueError);
    state->parse_error = subclass(module, &parse_spec, bases);
    state->framework_error = state->parse_error == NULL ? NULL : subclass(module, &framework_spec, bases);
    state->data_error = state->framework_error == NULL
                            ? NULL
                            : PyErr_NewExceptionWithDoc("pyjustice.DataError",
                                                        "Data that can not mean what is asked of them.", bases, NULL);
    Py_XDECREF(bases);
    if (state->data_error == NULL || PyModule_AddObjectRef(module, "PyjusticeError", state->error) < 0 ||
        PyModule_AddObjectRef(module, "ParseError", state->parse_error) < 0 ||
        PyModule_AddObjectRef(module, "FrameworkError", state->framework_error) < 0 ||
        PyModule_AddObjectRef(module, "DataError", state->data_error) < 0) {
        return -1;
    }
    return 0;
}

PyObject *pj_raise(const pj_state *state, pj_status status, const pj_error *err) {
    if (status == PJ_ENOMEM) {
        return PyErr_NoMemory();
    }
    PyObject *exc = PyObject_CallFunction(state->parse_error, "ssLLsL", err->message, "", (long long)err->line, 0LL, "",
                                          (long long)err->offset);
    if (exc != NULL) {
        PyErr_SetObject(state->parse_error, exc);
        Py_DECREF(exc);
    }
    return NULL;
}
