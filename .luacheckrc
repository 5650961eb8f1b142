-- What luacheck knows about the project's Lua: `make lint`.
std = "lua54"
max_line_length = 130
self = false -- a method need not use its self
exclude_files = { "build*", "lua/types" }

globals = { "process", string = { fields = { "toString" } } } -- process.exitCode is assigned, string.toString made
read_globals = {
  "console", "Buffer", "Error", "TypeError", "RangeError",
  "setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "clearImmediate",
  "AbortController", "AbortSignal",
}

files["spec"].std = "+busted"
files["spec/fixtures"].read_globals = { "timeout" } -- of `moonport test`
files["examples/waiting/shout_spec.lua"].std = "+busted"
files["spec/parity"] = { unused_args = false, max_line_length = 140 } -- line for line as the .js beside it
