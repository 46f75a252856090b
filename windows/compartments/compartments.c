/* See README.md. A thread's compartment is kept in its local storage: nobody else's calls show there, as on Windows. */
#include <stdio.h>
#include <windows.h>

#define PRIMARY 1

static DWORD slot = TLS_OUT_OF_INDEXES;

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved) {
  (void)self;
  (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) slot = TlsAlloc();
  return slot != TLS_OUT_OF_INDEXES;
}

static void note(const char *call, DWORD compartment) {
  char folder[MAX_PATH];
  char path[MAX_PATH + 32];
  DWORD length = GetEnvironmentVariableA("KUBECTL_WIN_STUB_DIR", folder, sizeof folder);
  if (length == 0 || length >= sizeof folder) return;
  snprintf(path, sizeof path, "%s\\compartments.txt", folder);
  FILE *calls = fopen(path, "ab");
  if (!calls) return;
  fprintf(calls, "%s %lu %lu\n", call, compartment, GetCurrentThreadId());
  fclose(calls);
}

DWORD WINAPI SetCurrentThreadCompartmentId(DWORD compartment) {
  note("set", compartment);
  TlsSetValue(slot, (LPVOID)(ULONG_PTR)compartment);
  return NO_ERROR;
}

DWORD WINAPI GetCurrentThreadCompartmentId(void) {
  DWORD compartment = (DWORD)(ULONG_PTR)TlsGetValue(slot);
  if (compartment == 0) compartment = PRIMARY;
  note("get", compartment);
  return compartment;
}
