/* Stands in for LogMonitor.exe: it runs until it is ended. Its version is in logmonitor.rc. */
#include <windows.h>

int main(void) {
  Sleep(INFINITE);
  return 0;
}
