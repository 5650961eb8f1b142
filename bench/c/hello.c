/* hello.c - the least that a program can do, for the row start-up. */
#include <stdio.h>

int main(void) {
  puts("hello");
  return 0;
}
