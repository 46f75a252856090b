/* Finds the answer or the fault of a call in the stub's folder, and writes the report when the process ends. */
#include "answers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const HRESULT NOT_FOUND = (HRESULT)0x80070490; /* ERROR_NOT_FOUND */
static LONG opened, closed, stale, writes;

void count_opened(void) { InterlockedIncrement(&opened); }
void count_closed(void) { InterlockedIncrement(&closed); }
void count_stale(void) { InterlockedIncrement(&stale); }
void count_write(void) { InterlockedIncrement(&writes); }

static HANDLE file_of(const char *name, const char *ending, DWORD access, DWORD disposition) {
  char folder[MAX_PATH], path[2 * MAX_PATH];
  if (!GetEnvironmentVariableA("KUBECTL_WIN_STUB_DIR", folder, sizeof folder)) return INVALID_HANDLE_VALUE;
  snprintf(path, sizeof path, "%s\\%s%s", folder, name, ending);
  for (char *c = path + strlen(folder); *c; c++)
    if (*c == '/') *c = '\\';
  return CreateFileA(path, access, FILE_SHARE_READ, NULL, disposition, 0, NULL);
}

/* The file's bytes, to be freed; NULL where there is none. */
static char *read_file(const char *name, const char *ending, DWORD *length) {
  HANDLE file = file_of(name, ending, GENERIC_READ, OPEN_EXISTING);
  if (file == INVALID_HANDLE_VALUE) return NULL;
  DWORD size = GetFileSize(file, NULL);
  char *bytes = malloc(size + 1);
  if (!bytes || !ReadFile(file, bytes, size, length, NULL)) *length = 0;
  if (bytes) bytes[*length] = 0;
  CloseHandle(file);
  return bytes;
}

static HRESULT fail(HRESULT code, const char *record, Freeing freeing, PWSTR *error) {
  if (error && *record) *error = hand_out(record, (DWORD)strlen(record), freeing);
  return code;
}

HRESULT fault_of(const char *key, Freeing freeing, PWSTR *error) {
  DWORD length = 0;
  char *fault = read_file(key, ".fault", &length);
  if (!fault) return S_OK;
  if (!strncmp(fault, "hang", 4)) Sleep(INFINITE);
  if (!strncmp(fault, "crash", 5)) *(volatile int *)8 = 0;
  char *rest = fault;
  HRESULT code = (HRESULT)strtoul(fault, &rest, 16);
  while (*rest == ' ') rest++;
  code = fail(code, rest, freeing, error);
  free(fault);
  return code;
}

HRESULT answer(const char *key, Freeing freeing, PWSTR *text, PWSTR *error) {
  HRESULT code = fault_of(key, freeing, error);
  if (code != S_OK) return code;
  DWORD length = 0;
  char *bytes = read_file(key, ".json", &length);
  if (!bytes)
    return fail(NOT_FOUND, "{\"Success\":false,\"Error\":\"Element not found. \",\"ErrorCode\":2147943568}", freeing, error);
  if (text) *text = hand_out(bytes, length, freeing);
  free(bytes);
  return S_OK;
}

static void write_report(void) {
  char name[64], text[512];
  MemoryCounts memory = memory_counts();
  snprintf(name, sizeof name, "report-%lu", GetCurrentProcessId());
  int length = snprintf(text, sizeof text,
                        "allocated %ld\nfreed %ld\nforeign %ld\nopened %ld\nclosed %ld\nstale %ld\nwrites %ld\n",
                        memory.allocated, memory.freed, memory.foreign, opened, closed, stale, writes);
  HANDLE file = file_of(name, ".txt", GENERIC_WRITE, CREATE_ALWAYS);
  if (file == INVALID_HANDLE_VALUE) return;
  DWORD written;
  WriteFile(file, text, (DWORD)length, &written, NULL);
  CloseHandle(file);
}

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, LPVOID reserved) {
  (void)instance; (void)reserved;
  if (reason == DLL_PROCESS_ATTACH) memory_start();
  if (reason == DLL_PROCESS_DETACH) {
    memory_end();
    write_report();
  }
  return TRUE;
}
