/* readline_library.c - GNU readline, found at run time: the program neither needs nor contains it. Calls nothing of it. */
#include "readline_library.h"

#include <dlfcn.h>
#include <string.h>

ReadlineLibrary rl;

static const struct {
  const char *name;
  void *place;
} symbols[] = {
  { "rl_callback_handler_install", &rl.callback_handler_install },
  { "rl_callback_handler_remove", &rl.callback_handler_remove },
  { "rl_callback_read_char", &rl.callback_read_char },
  { "rl_callback_sigcleanup", &rl.callback_sigcleanup },
  { "rl_clear_visible_line", &rl.clear_visible_line },
  { "rl_forced_update_display", &rl.forced_update_display },
  { "rl_redisplay", &rl.redisplay },
  { "rl_set_prompt", &rl.set_prompt },
  { "rl_replace_line", &rl.replace_line },
  { "rl_insert_text", &rl.insert_text },
  { "rl_initialize", &rl.initialize },
  { "rl_variable_bind", &rl.variable_bind },
  { "rl_completion_matches", &rl.completion_matches },
  { "rl_filename_completion_function", &rl.filename_completion_function },
  { "rl_resize_terminal", &rl.resize_terminal },
  { "rl_reset_screen_size", &rl.reset_screen_size },
  { "rl_prep_terminal", &rl.prep_terminal },
  { "rl_deprep_terminal", &rl.deprep_terminal },
  { "add_history", &rl.add_history },
  { "using_history", &rl.using_history },
  { "rl_line_buffer", &rl.line_buffer },
  { "rl_point", &rl.point },
  { "rl_end", &rl.end },
  { "rl_catch_signals", &rl.catch_signals },
  { "rl_catch_sigwinch", &rl.catch_sigwinch },
  { "rl_change_environment", &rl.change_environment },
  { "rl_completion_query_items", &rl.completion_query_items },
  { "rl_attempted_completion_over", &rl.attempted_completion_over },
  { "rl_completion_append_character", &rl.completion_append_character },
  { "rl_readline_name", &rl.readline_name },
  { "rl_completer_word_break_characters", &rl.completer_word_break_characters },
  { "rl_outstream", &rl.outstream },
  { "rl_getc_function", &rl.getc_function },
  { "rl_input_available_hook", &rl.input_available_hook },
  { "rl_attempted_completion_function", &rl.attempted_completion_function },
  { "rl_completion_word_break_hook", &rl.completion_word_break_hook },
};

bool rl_load(void) {
  static const char *const names[] = { "libreadline.so.8", "libreadline.so.7", "libreadline.so", NULL };
  void *library = NULL;
  for (const char *const *name = names; *name != NULL && library == NULL; ++name)
    library = dlopen(*name, RTLD_LAZY | RTLD_LOCAL);
  if (library == NULL) return false;
  for (size_t i = 0; i < sizeof symbols / sizeof symbols[0]; ++i) {
    void *found = dlsym(library, symbols[i].name);
    if (found == NULL) return false; /* libedit under that name, or a very old one */
    memcpy(symbols[i].place, &found, sizeof found);
  }
  rl.eof_found = (int *)dlsym(library, "rl_eof_found");
  return true;
}
