-- stdio.lua - process.stdin, stdout and stderr: https://nodejs.org/api/process.html#process-io. Each is made when a
-- script first asks for it. Standard input is a Socket or, when it is a file, an fs.ReadStream, as in Node.
local core = require "moonport.core"
local events = require "moonport.events"
local waiting = require "moonport.waiting"
local native, tick = core.process, core.process.next_tick
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
function Output:getColorDepth()
  local term, full = os.getenv "TERM" or "", os.getenv "COLORTERM" or ""
  if not self.isTTY or os.getenv "NO_COLOR" or term == "dumb" or term == "" then return 1 end
  if full == "truecolor" or full == "24bit" then return 24 end
  return term:find("256", 1, true) and 8 or 4
end

--- Whether it shows so many colours.
--- @param count integer? 16
function Output:hasColors(count) return 1 << self:getColorDepth() >= (count or 16) end

local function send(self, text, callback)
  if callback then return self:write(text, callback) end
  return self:write(text)
end

--- Moves the cursor to a column and a row, both from 0; without a row along its line.
function Output:cursorTo(x, y, callback)
  if type(y) ~= "number" then y, callback = nil, callback or y end
  return send(self, y and ("\27[%d;%dH"):format(y + 1, x + 1) or ("\27[%dG"):format(x + 1), callback)
end

--- Moves the cursor by so many columns and rows.
function Output:moveCursor(dx, dy, callback)
  local text = (dx < 0 and ("\27[%dD"):format(-dx) or dx > 0 and ("\27[%dC"):format(dx) or "")
    .. (dy < 0 and ("\27[%dA"):format(-dy) or dy > 0 and ("\27[%dB"):format(dy) or "")
  return send(self, text, callback)
end

--- Clears the line: -1 left of the cursor, 1 right of it, 0 all of it.
function Output:clearLine(direction, callback)
  return send(self, direction < 0 and "\27[1K" or direction > 0 and "\27[0K" or "\27[2K", callback)
end

--- Clears the screen below the cursor.
function Output:clearScreenDown(callback) return send(self, "\27[0J", callback) end

return stdio
