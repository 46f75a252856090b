/* See README.md. Plain Win32: the same source would run on Windows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

#define FOLDER "C:\\events\\"

static char channel[512];

static FILE *open_of(const char *suffix) {
  char path[MAX_PATH * 2];
  snprintf(path, sizeof path, FOLDER "%s%s", channel, suffix);
  return fopen(path, "rb");
}

static void note(int argc, char **argv) {
  FILE *calls = fopen(FOLDER "calls.txt", "ab");
  if (!calls) return;
  for (int i = 1; i < argc; i++) fprintf(calls, "%s%c", argv[i], i + 1 < argc ? '\t' : '\n');
  fclose(calls);
}

static void write_all(const void *bytes, size_t size) {
  HANDLE out = GetStdHandle(STD_OUTPUT_HANDLE);
  const char *at = bytes;
  while (size > 0) {
    DWORD written = 0;
    if (!WriteFile(out, at, size > 65536 ? 65536 : (DWORD)size, &written, NULL)) exit(1);
    at += written;
    size -= written;
  }
}

static void answer(FILE *file) {
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc((size_t)size + 1);
  size_t got = fread(text, 1, (size_t)size, file);
  int units = MultiByteToWideChar(CP_UTF8, 0, text, (int)got, NULL, 0);
  wchar_t *wide = malloc(((size_t)units + 1) * sizeof *wide);
  wide[0] = 0xFEFF;
  MultiByteToWideChar(CP_UTF8, 0, text, (int)got, wide + 1, units);
  write_all(wide, ((size_t)units + 1) * sizeof *wide);
}

int main(int argc, char **argv) {
  if (argc < 3 || strcmp(argv[1], "qe") != 0) return ERROR_INVALID_PARAMETER;
  note(argc, argv);
  snprintf(channel, sizeof channel, "%s", argv[2]);
  for (char *c = channel; *c; c++)
    if (*c == '/') *c = '-';

  FILE *file;
  if ((file = open_of(".hang"))) Sleep(INFINITE);
  if ((file = open_of(".exit"))) {
    int code = 1;
    if (fscanf(file, "%d", &code) != 1) code = 1;
    fprintf(stderr, "Failed to read events.\r\n");
    return code;
  }
  for (int i = 3; i < argc; i++) {
    const char *after = strstr(argv[i], "EventRecordID > ");
    if (!after) continue;
    char suffix[64];
    snprintf(suffix, sizeof suffix, ".after-%ld.xml", strtol(after + strlen("EventRecordID > "), NULL, 10));
    file = open_of(suffix);
    if (file) answer(file);
    else write_all(L"\xFEFF<Events></Events>", 18 * sizeof(wchar_t));
    return 0;
  }
  file = open_of(".xml");
  if (!file) {
    fprintf(stderr, "Failed to read events. The specified channel could not be found.\r\n");
    return ERROR_EVT_CHANNEL_NOT_FOUND;
  }
  answer(file);
  return 0;
}
