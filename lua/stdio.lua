-- stdio.lua - process.stdin, stdout and stderr: https://nodejs.org/api/process.html#process-io. Each is made when a
-- script first asks for it. Standard input is a Socket or, when it is a file, an fs.ReadStream, as in Node.
local core = require "moonport.core"
local events = require "moonport.events"
local waiting = require "moonport.waiting"
local native, tick, errors = core.process, core.process.next_tick, core.errors
local Output = core.OutputStream

local stdio = {}

waiting.add(Output)

-- -- standard input -----------------------------------------------------------------------------------------------

function stdio.stdin()
  local kind = core.stdio_type(0)
  if kind ~= "tty" and kind ~= "pipe" then
    local open = require "moonport.fs_streams".createReadStream
    if kind == "file" then return open(nil, { fd = 0, autoClose = false }) end
    return open("/dev/null", { autoClose = false })
  end
  require "moonport.net" -- makes a Socket what it is
  local stdin = core.stdio_input(0, kind == "tty")
  stdin:on("pause", function() -- a program that has paused its input may end
    tick(core.stdio_rest, stdin)
  end)
  if kind == "tty" then
    stdin.isTTY, stdin.isRaw = true, false
    function stdin:setRawMode(on)
      core.stdio_raw(self, on)
      self.isRaw = not not on
      return self
    end
  end
  return stdin
end

-- -- standard output ----------------------------------------------------------------------------------------------

-- Nobody reads our output any more: a quiet end, as of other filters, unless the script wants to know.
local function end_quietly(stream)
  stream:on(events.errorMonitor, function(err)
    if type(err) == "table" and err.code == "EPIPE" and stream:listenerCount "error" == 0 then native.exit(0) end
  end)
end

local function watch_size(stream)
  local columns, rows = stream.columns, stream.rows
  native.signal(function()
    if stream.columns == columns and stream.rows == rows then return end
    columns, rows = stream.columns, stream.rows
    stream:emit("resize")
  end, native.signals.SIGWINCH)
end

local function output(fd)
  local stream = core.stdio_output(fd)
  end_quietly(stream)
  if stream.isTTY then watch_size(stream) end
  return stream
end

function stdio.stdout() return output(1) end
function stdio.stderr() return output(2) end

--- The size of the terminal: { columns, rows }, or nil.
function Output:getWindowSize()
  if self.columns then return { self.columns, self.rows } end
end

--- How many bits of colour the terminal shows: 1, 4, 8 or 24.
--- @param env table<string, string>? what to go by (the environment)
function Output:getColorDepth(env)
  local function get(name)
    if env then return env[name] end
    return os.getenv(name)
  end
  local force, full, term = get "FORCE_COLOR", get "COLORTERM" or "", get "TERM" or ""
  if force then return ({ [""] = 4, ["1"] = 4, ["true"] = 4, ["2"] = 8, ["3"] = 24 })[force] or 1 end
  if not env and not self.isTTY or get "NODE_DISABLE_COLORS" or get "NO_COLOR" or term == "dumb" then return 1 end
  if get "TMUX" then return 8 end
  if full == "truecolor" or full == "24bit" then return 24 end
  if term:find("256", 1, true) then return 8 end
  return (term ~= "" or full ~= "") and 4 or 1
end

--- Whether it shows so many colours.
--- @param count integer? 16
--- @param env table<string, string>? what to go by (the environment)
function Output:hasColors(count, env)
  if type(count) == "table" then count, env = nil, count end
  return 1 << self:getColorDepth(env) >= (count or 16)
end

local function check_callback(callback)
  if callback ~= nil and not errors.is_callable(callback) then
    errors.raise_type("callback", "of type function", callback)
  end
end

local function send(self, text, callback)
  if callback then return self:write(text, callback) end
  return self:write(text)
end

-- There is nothing to send.
local function nothing(callback)
  if callback then tick(callback) end
  return true
end

local function check_number(name, value)
  if value ~= value then errors.raise_value(name, "is invalid", value) end
  return type(value) == "number"
end

-- 2.0 is 2
local function whole(n) return math.tointeger(n) or n end

--- Moves the cursor to a column and a row, both from 0; without a row along its line.
function Output:cursorTo(x, y, callback)
  check_callback(callback)
  if errors.is_callable(y) then y, callback = nil, y end
  local column, row = check_number("x", x), check_number("y", y)
  if not column and not row then return nothing(callback) end
  if not column then
    error(errors.make("TypeError", "ERR_INVALID_CURSOR_POS", "Cannot set cursor row without setting its column"), 0)
  end
  if not row then return send(self, ("\27[%sG"):format(whole(x) + 1), callback) end
  return send(self, ("\27[%s;%sH"):format(whole(y) + 1, whole(x) + 1), callback)
end

local function step(n, back, ahead)
  n = n and whole(n) or 0
  return n == 0 and "" or ("\27[%s%s"):format(math.abs(n), n < 0 and back or ahead)
end

--- Moves the cursor by so many columns and rows.
function Output:moveCursor(dx, dy, callback)
  check_callback(callback)
  local text = step(dx, "D", "C") .. step(dy, "A", "B")
  if text == "" then return nothing(callback) end
  return send(self, text, callback)
end

--- Clears the line: -1 left of the cursor, 1 right of it, 0 all of it.
function Output:clearLine(direction, callback)
  check_callback(callback)
  direction = direction or 0
  return send(self, direction < 0 and "\27[1K" or direction > 0 and "\27[0K" or "\27[2K", callback)
end

--- Clears the screen below the cursor.
function Output:clearScreenDown(callback)
  check_callback(callback)
  return send(self, "\27[0J", callback)
end

return stdio
