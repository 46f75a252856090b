/* What the stub answers with, and how it counts what it hands out. */
#ifndef KUBECTL_WIN_STUB_ANSWERS_H
#define KUBECTL_WIN_STUB_ANSWERS_H

#include <windows.h>

/* How the caller is to free what it gets. */
typedef enum { FREED_BY_COTASKMEM, FREED_BY_LOCALFREE } Freeing;

/*
 * Answers the call whose file is `key` (UTF-8, below the stub's folder, without `.json`): its text in *text, or an
 * HRESULT with an error record in *error. Either may be NULL.
 */
HRESULT answer(const char *key, Freeing freeing, PWSTR *text, PWSTR *error);

/* Only the fault of a call that has no text: S_OK where there is none. */
HRESULT fault_of(const char *key, Freeing freeing, PWSTR *error);

/* Counts a handle that was opened, closed, or used after it had been closed; and a call that would change something. */
void count_opened(void);
void count_closed(void);
void count_stale(void);
void count_write(void);

/* Counts allocations and frees (memory.c). */
PWSTR hand_out(const char *utf8, DWORD length, Freeing freeing);
void memory_start(void);
void memory_end(void);
typedef struct {
  LONG allocated, freed, foreign;
} MemoryCounts;
MemoryCounts memory_counts(void);

#endif
