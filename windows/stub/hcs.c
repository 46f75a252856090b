/* The read side of computecore.dll: one operation, its result, its end. */
#include "answers.h"
#include <stdlib.h>

#define EXPORT __declspec(dllexport)
static const HRESULT OPERATION_NOT_STARTED = (HRESULT)0x80370115; /* HCS_E_OPERATION_NOT_STARTED */

typedef struct {
  BOOL started, closed;
} Operation;

EXPORT void *WINAPI HcsCreateOperation(void *context, void *callback) {
  (void)context; (void)callback;
  count_opened();
  return calloc(1, sizeof(Operation));
}

EXPORT HRESULT WINAPI HcsEnumerateComputeSystems(PCWSTR query, Operation *operation) {
  (void)query;
  if (operation->closed) {
    count_stale();
    return E_HANDLE;
  }
  operation->started = TRUE;
  return fault_of("hcs/enumerate", FREED_BY_LOCALFREE, NULL);
}

EXPORT HRESULT WINAPI HcsWaitForOperationResult(Operation *operation, DWORD timeout, PWSTR *result) {
  (void)timeout;
  *result = NULL;
  if (!operation->started) return OPERATION_NOT_STARTED;
  return answer("hcs/systems", FREED_BY_LOCALFREE, result, result);
}

EXPORT void WINAPI HcsCloseOperation(Operation *operation) {
  if (operation->closed) {
    count_stale();
    return;
  }
  operation->closed = TRUE;
  count_closed();
}
