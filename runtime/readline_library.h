/* readline_library.h - GNU readline's functions and variables, without its headers: what is declared here has not changed
 * since version 7. */
#ifndef READLINE_LIBRARY_H
#define READLINE_LIBRARY_H

#include <stdbool.h>
#include <stdio.h>

typedef struct ReadlineLibrary {
  void (*callback_handler_install)(const char *prompt, void (*handler)(char *line));
  void (*callback_handler_remove)(void);
  void (*callback_read_char)(void);
  void (*callback_sigcleanup)(void);
  int (*clear_visible_line)(void);
  int (*forced_update_display)(void);
  void (*redisplay)(void);
  int (*set_prompt)(const char *prompt);
  void (*replace_line)(const char *text, int clear_undo);
  int (*insert_text)(const char *text);
  int (*initialize)(void);
  int (*variable_bind)(const char *name, const char *value);
  char **(*completion_matches)(const char *text, char *(*generate)(const char *text, int state));
  char *(*filename_completion_function)(const char *text, int state);
  void (*resize_terminal)(void);
  void (*reset_screen_size)(void);
  void (*prep_terminal)(int meta);
  void (*deprep_terminal)(void);
  void (*add_history)(const char *entry);
  void (*using_history)(void);
  /* variables */
  char **line_buffer;
  int *eof_found; /* may be NULL: readline before 8.2 */
  int *point, *end, *catch_signals, *catch_sigwinch, *change_environment, *completion_query_items;
  int *attempted_completion_over, *completion_append_character;
  const char **readline_name, **completer_word_break_characters;
  FILE **outstream;
  int (**getc_function)(FILE *);
  int (**input_available_hook)(void);
  char **(**attempted_completion_function)(const char *text, int start, int end);
  char *(**completion_word_break_hook)(void);
} ReadlineLibrary;

extern ReadlineLibrary rl;

/* Finds the library. False: it is not installed, or lacks something. */
bool rl_load(void);

#endif
