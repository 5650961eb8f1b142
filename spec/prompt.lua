-- prompt.lua - the prompt on a terminal, for specs: who plays it, and the steps of spec/terminal.lua by short names.
local helper = require "spec.helper"
local terminal = require "spec.terminal"

local prompt = { BANNER = "moonport 0.0.0, Lua 5.4. Ctrl-D leaves, .help tells more.\n" }

-- Why it cannot be played here, or nil.
local missing = terminal.missing()
if not missing and not helper.shell [["$M" -e 'print(package.loadlib("libreadline.so.8", "*"))']].out:find "^true" then
  missing = "GNU readline (Debian's package libreadline8) is not installed"
end

--- What takes the place of `it`: a test that is skipped where there is no terminal, or no readline.
--- @param it function busted's, which only a file of tests has; `pending` likewise
function prompt.tests(it, pending)
  return function(name, f)
    it(name, function()
      if missing then return pending(missing) end
      f()
    end)
  end
end

-- A step: one of spec/pty.c, or a text that is typed, with Enter, at the next prompt.
function prompt.keys(text) return { "send", text } end
function prompt.see(text) return { "expect", text } end
prompt.ctrl_c, prompt.ctrl_d = prompt.keys "\3", prompt.keys "\4"
prompt.enter, prompt.tab = prompt.keys "\r", prompt.keys "\t"
prompt.kill, prompt.ended = { "kill" }, { "wait" }

--- A screen whose banner is prompt.BANNER, whatever the version.
function prompt.plain(screen) return (screen:gsub("moonport %d+%.%d+%.%d+,", "moonport 0.0.0,")) end

return prompt
