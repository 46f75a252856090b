/*
 * Hands out strings and watches that each is freed once. CoTaskMemFree is watched by an IMallocSpy, the means that COM has
 * for it; LocalFree has none, so at the end each block is asked of the heap.
 */
#define COBJMACROS
#include "answers.h"
#include <objbase.h>
#include <objidl.h>

enum { MAX_BLOCKS = 65536 };

typedef struct {
  void *at;
  Freeing freeing;
} Block;

static CRITICAL_SECTION lock;
static Block blocks[MAX_BLOCKS];
static LONG used;
static MemoryCounts counts;

static Block *find(const void *at) {
  for (LONG i = used - 1; i >= 0; i--)
    if (blocks[i].at == at) return &blocks[i];
  return NULL;
}

PWSTR hand_out(const char *utf8, DWORD length, Freeing freeing) {
  int wide = length ? MultiByteToWideChar(CP_UTF8, 0, utf8, (int)length, NULL, 0) : 0;
  SIZE_T bytes = ((SIZE_T)wide + 1) * sizeof(WCHAR);
  PWSTR text = freeing == FREED_BY_LOCALFREE ? LocalAlloc(LMEM_FIXED, bytes) : CoTaskMemAlloc(bytes);
  if (!text) return NULL;
  if (wide) MultiByteToWideChar(CP_UTF8, 0, utf8, (int)length, text, wide);
  text[wide] = 0;
  EnterCriticalSection(&lock);
  if (used == MAX_BLOCKS) RaiseException(STATUS_NO_MEMORY, EXCEPTION_NONCONTINUABLE, 0, NULL);
  blocks[used].at = text;
  blocks[used++].freeing = freeing;
  counts.allocated++;
  LeaveCriticalSection(&lock);
  return text;
}

/* A block handed out is freed; one freed already, or never handed out, is not ours or a double free. */
static void watch_free(const void *at) {
  if (!at) return;
  EnterCriticalSection(&lock);
  Block *block = find(at);
  if (block && block->freeing == FREED_BY_COTASKMEM) {
    *block = blocks[--used];
    counts.freed++;
  } else {
    counts.foreign++;
  }
  LeaveCriticalSection(&lock);
}

static HRESULT STDMETHODCALLTYPE spy_query(IMallocSpy *spy, REFIID id, void **out) {
  if (!IsEqualIID(id, &IID_IUnknown) && !IsEqualIID(id, &IID_IMallocSpy)) {
    *out = NULL;
    return E_NOINTERFACE;
  }
  *out = spy;
  return S_OK;
}
static ULONG STDMETHODCALLTYPE spy_ref(IMallocSpy *spy) { (void)spy; return 1; }
static SIZE_T STDMETHODCALLTYPE spy_pre_alloc(IMallocSpy *spy, SIZE_T bytes) { (void)spy; return bytes; }
static void *STDMETHODCALLTYPE spy_post(IMallocSpy *spy, void *at) { (void)spy; return at; }
static void *STDMETHODCALLTYPE spy_pre_free(IMallocSpy *spy, void *at, BOOL spied) {
  (void)spy; (void)spied;
  watch_free(at);
  return at;
}
static void STDMETHODCALLTYPE spy_done(IMallocSpy *spy, BOOL spied) { (void)spy; (void)spied; }
static SIZE_T STDMETHODCALLTYPE spy_pre_realloc(IMallocSpy *spy, void *at, SIZE_T bytes, void **real, BOOL spied) {
  (void)spy; (void)spied;
  *real = at;
  return bytes;
}
static void *STDMETHODCALLTYPE spy_same(IMallocSpy *spy, void *at, BOOL spied) { (void)spy; (void)spied; return at; }
static SIZE_T STDMETHODCALLTYPE spy_size(IMallocSpy *spy, SIZE_T bytes, BOOL spied) { (void)spy; (void)spied; return bytes; }
static int STDMETHODCALLTYPE spy_did(IMallocSpy *spy, void *at, BOOL spied, int actual) {
  (void)spy; (void)at; (void)spied;
  return actual;
}
static void STDMETHODCALLTYPE spy_nothing(IMallocSpy *spy) { (void)spy; }

static IMallocSpyVtbl table = {
    spy_query, spy_ref, spy_ref, spy_pre_alloc, spy_post, spy_pre_free, spy_done, spy_pre_realloc,
    spy_same,  spy_same, spy_size, spy_same,    spy_did,  spy_nothing,  spy_nothing};
static IMallocSpy spy = {&table};

void memory_start(void) {
  InitializeCriticalSection(&lock);
  CoRegisterMallocSpy(&spy);
}

void memory_end(void) {
  for (LONG i = 0; i < used; i++)
    if (blocks[i].freeing == FREED_BY_LOCALFREE && HeapSize(GetProcessHeap(), 0, blocks[i].at) == (SIZE_T)-1) counts.freed++;
}

MemoryCounts memory_counts(void) { return counts; }
