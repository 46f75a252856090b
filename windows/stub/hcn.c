/* The read side of computenetwork.dll, and HNSCall of vmcompute.dll. */
#include "answers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __declspec(dllexport)
enum { OPEN = 0x48434e31, CLOSED = 0x48434e30, KEY = 128 };

typedef struct {
  int state;
  const char *kind;
  GUID id;
} Object;

static void key_of(char *key, const char *kind, const GUID *id, const char *ending) {
  snprintf(key, KEY, "%s/%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x%s", kind, id->Data1, id->Data2, id->Data3,
           id->Data4[0], id->Data4[1], id->Data4[2], id->Data4[3], id->Data4[4], id->Data4[5], id->Data4[6],
           id->Data4[7], ending);
}

static HRESULT enumerate(const char *kind, PCWSTR query, PWSTR *ids, PWSTR *error) {
  char key[KEY];
  *ids = NULL;
  if (error) *error = NULL;
  if (!query || !wcsstr(query, L"SchemaVersion")) return E_INVALIDARG;
  snprintf(key, sizeof key, "%s/enumerate", kind);
  return answer(key, FREED_BY_COTASKMEM, ids, error);
}

static HRESULT open(const char *kind, const GUID *id, void **handle, PWSTR *error) {
  char key[KEY];
  *handle = NULL;
  if (error) *error = NULL;
  key_of(key, kind, id, ".open");
  HRESULT code = fault_of(key, FREED_BY_COTASKMEM, error);
  if (FAILED(code)) return code;
  Object *object = malloc(sizeof *object);
  if (!object) return E_OUTOFMEMORY;
  object->state = OPEN;
  object->kind = kind;
  object->id = *id;
  *handle = object;
  count_opened();
  return code;
}

static HRESULT query(Object *object, PWSTR *properties, PWSTR *error) {
  char key[KEY];
  *properties = NULL;
  if (error) *error = NULL;
  if (object->state != OPEN) {
    count_stale();
    return E_HANDLE;
  }
  key_of(key, object->kind, &object->id, "");
  return answer(key, FREED_BY_COTASKMEM, properties, error);
}

/* The object stays allocated, so that its use after closing is seen. */
static HRESULT close(Object *object) {
  if (object->state != OPEN) {
    count_stale();
    return E_HANDLE;
  }
  object->state = CLOSED;
  count_closed();
  return S_OK;
}

#define FAMILY(Type, Plural, kind)                                                                                  \
  EXPORT HRESULT WINAPI HcnEnumerate##Plural(PCWSTR q, PWSTR *ids, PWSTR *e) { return enumerate(kind, q, ids, e); }  \
  EXPORT HRESULT WINAPI HcnOpen##Type(REFGUID id, void **h, PWSTR *e) { return open(kind, id, h, e); }               \
  EXPORT HRESULT WINAPI HcnQuery##Type##Properties(void *h, PCWSTR q, PWSTR *p, PWSTR *e) {                          \
    (void)q;                                                                                                        \
    return query(h, p, e);                                                                                          \
  }                                                                                                                 \
  EXPORT HRESULT WINAPI HcnClose##Type(void *h) { return close(h); }

FAMILY(Network, Networks, "network")
FAMILY(Endpoint, Endpoints, "endpoint")
FAMILY(Namespace, Namespaces, "namespace")
FAMILY(LoadBalancer, LoadBalancers, "loadbalancer")
FAMILY(SdnRoute, SdnRoutes, "sdnroute")

EXPORT HRESULT WINAPI HNSCall(PCWSTR method, PCWSTR path, PCWSTR body, PWSTR *response) {
  char key[KEY] = "v1/";
  size_t at = strlen(key);
  (void)body;
  *response = NULL;
  if (wcscmp(method, L"GET")) {
    count_write();
    return E_ACCESSDENIED;
  }
  for (PCWSTR c = path + (*path == L'/'); *c && at < sizeof key - 1; c++)
    if (*c != L'/' || c[1]) key[at++] = *c == L'/' ? '.' : (char)*c;
  key[at] = 0;
  return answer(key, FREED_BY_COTASKMEM, response, response);
}
