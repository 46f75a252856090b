/*
 * Stands in for vfpctrl.exe: prints the file of C:\kubectl-win-stub\vfp that its arguments name, without slashes and joined by
 * dots (`list-vmswitch-port.format.1.json`). The first line of `<file>.exit` is printed instead, with exit code 1.
 */
#include <stdio.h>
#include <string.h>

static int print(const char *path) {
  char buffer[4096];
  size_t length;
  FILE *file = fopen(path, "rb");
  if (!file) return 0;
  while ((length = fread(buffer, 1, sizeof buffer, file)) > 0) fwrite(buffer, 1, length, stdout);
  fclose(file);
  return 1;
}

int main(int count, char **args) {
  char path[1024] = "C:\\kubectl-win-stub\\vfp\\";
  for (int i = 1; i < count; i++) {
    if (i > 1) strcat(path, ".");
    strncat(path, args[i][0] == '/' ? args[i] + 1 : args[i], 200);
  }
  char *end = path + strlen(path);
  strcpy(end, ".json");
  if (print(path)) return 0;
  strcpy(end, ".exit");
  print(path);
  return 1;
}
