-- terminal.lua - a terminal for specs: a program runs on a pty of its own (spec/pty.c), a user's keys are played, and what
-- is on the screen then is compared. The screen is that of an xterm, as far as readline writes to it.
local helper = require "spec.helper"

local terminal = {}

local build = os.getenv "BUILD" or "build"

--- Why there is no terminal here, or nil.
function terminal.missing()
  local pty = build .. "/tests/pty"
  if not helper.exists(pty) then return pty .. " is not built" end
  return helper.shell "test -c /dev/ptmx".code ~= 0 and "there is no /dev/ptmx" or nil
end

-- Characters that take two columns.
local function is_wide(code)
  return code >= 0x1100 and (code <= 0x115F or code >= 0x2E80 and code <= 0xA4CF or code >= 0xAC00 and code <= 0xD7A3
    or code >= 0xFF00 and code <= 0xFF60 or code >= 0x1F300 and code <= 0x1FAFF)
end

local function blank(columns)
  local row = {}
  for i = 1, columns do row[i] = " " end
  return row
end

local Screen = {}
Screen.__index = Screen

function Screen:line_feed()
  if self.y < self.rows then
    self.y = self.y + 1
  else
    self.above[#self.above + 1] = table.concat(table.remove(self.lines, 1)):gsub(" +$", "")
    self.lines[self.rows] = blank(self.columns)
  end
end

function Screen:put(char, width)
  if self.full or self.x + width - 1 > self.columns then
    self.x, self.full = 1, false
    self:line_feed()
  end
  local row = self.lines[self.y]
  row[self.x] = char
  for i = 1, width - 1 do row[self.x + i] = "" end
  self.x = self.x + width
  if self.x > self.columns then self.x, self.full = self.columns, true end
end

local sequences = {}
function sequences.A(s, n) s.y = math.max(1, s.y - n) end
function sequences.B(s, n) s.y = math.min(s.rows, s.y + n) end
function sequences.C(s, n) s.x = math.min(s.columns, s.x + n) end
function sequences.D(s, n) s.x = math.max(1, s.x - n) end
function sequences.G(s, n) s.x = math.min(s.columns, n) end
function sequences.H(s, n, m) s.y, s.x = math.min(s.rows, n), math.min(s.columns, m or 1) end
function sequences.K(s, _, _, given)
  for x = (given == 1 or given == 2) and 1 or s.x, given == 1 and s.x or s.columns do s.lines[s.y][x] = " " end
end
function sequences.J(s, _, _, given)
  if given ~= 2 then sequences.K(s) end
  for y = given == 2 and 1 or s.y + 1, s.rows do s.lines[y] = blank(s.columns) end
end
function sequences.P(s, n)
  for _ = 1, n do
    table.remove(s.lines[s.y], s.x)
    table.insert(s.lines[s.y], " ")
  end
end
sequences["@"] = function(s, n)
  for _ = 1, n do
    table.insert(s.lines[s.y], s.x, " ")
    table.remove(s.lines[s.y])
  end
end
function sequences.m() end
function sequences.h() end
function sequences.l() end

local controls = {
  ["\r"] = function(s) s.x, s.full = 1, false end,
  ["\n"] = function(s) s:line_feed() end,
  ["\b"] = function(s) s.x, s.full = math.max(1, s.x - 1), false end,
  ["\t"] = function(s) s.x = math.min(s.columns, (s.x + 7) // 8 * 8 + 1) end,
  ["\7"] = function() end,
}

--- What stands on a screen after these bytes, scrolled lines included: one text, blanks at the end of lines and empty
--- lines at the end left out. @return string text @return string the line of the cursor up to the cursor
function terminal.screen(bytes, columns, rows)
  local s = setmetatable({ columns = columns or 80, rows = rows or 24, x = 1, y = 1, lines = {}, above = {} }, Screen)
  for y = 1, s.rows do s.lines[y] = blank(s.columns) end
  local at = 1
  while at <= #bytes do
    local char = bytes:sub(at, at)
    local params, final, after = bytes:match("^\27%[([?>]?[%d;]*)([@-~])()", at)
    if controls[char] then
      controls[char](s)
      at = at + 1
    elseif params then
      local run = assert(sequences[final], "unknown: ESC [" .. params .. final)
      local n, m = params:match "^(%d*);?(%d*)"
      s.full = final ~= "m" and final ~= "h" and final ~= "l" and false or s.full
      run(s, math.max(1, tonumber(n) or 1), tonumber(m), tonumber(n))
      at = after
    elseif char == "\27" then
      local other = bytes:match("^\27[=>78]()", at) or bytes:match("^\27%][^\7]*\7()", at)
      at = assert(other, ("unknown: %q"):format(bytes:sub(at, at + 8)))
    else
      local whole = bytes:match("^[\xC2-\xF4][\x80-\xBF]+", at) or char
      local code = utf8.len(whole) == 1 and utf8.codepoint(whole) or 0
      s:put(whole, is_wide(code) and 2 or 1)
      at = at + #whole
    end
  end
  local texts = { table.unpack(s.above) }
  for _, row in ipairs(s.lines) do texts[#texts + 1] = table.concat(row):gsub(" +$", "") end
  local cursor = table.concat(s.lines[s.y], "", 1, s.full and s.x or s.x - 1)
  return (table.concat(texts, "\n"):gsub("\n*$", "")), cursor
end

local function escape(text)
  return (text:gsub("[%c\\\127]", function(c) return c == "\\" and "\\\\" or ("\\x%02x"):format(c:byte()) end))
end

--- Plays steps: { "expect", text }, { "send", keys }, ... (spec/pty.c). A text alone is typed, with Enter, when
--- the prompt is there.
--- @param options { command: string?, env: string?, columns: integer?, rows: integer? }?
--- @return { bytes: string, screen: string, cursor: string, code: integer?, signal: integer?, restored: boolean }
function terminal.play(steps, options)
  options = options or {}
  local lines = {}
  if options.columns then lines[1] = ("size %d %d"):format(options.columns, options.rows or 24) end
  for _, step in ipairs(steps) do
    if type(step) == "string" then
      lines[#lines + 1] = "expect > "
      lines[#lines + 1] = "send " .. escape(step .. "\r")
    else
      lines[#lines + 1] = step[1] .. (step[2] and " " .. escape(step[2]) or "")
    end
  end
  local base = helper.path()
  helper.write_file(base .. ".steps", table.concat(lines, "\n") .. "\n")
  local environment = "export TERM=xterm MOONPORT_HISTORY= NO_COLOR=1 INPUTRC=/dev/null %s; "
  local got = helper.shell((environment .. "%s/tests/pty %s.steps %s.bytes %s"):format(options.env or "", build, base, base,
    options.command or '"$M"'))
  local result = { bytes = helper.read_file(base .. ".bytes") or "" }
  result.screen, result.cursor = terminal.screen(result.bytes, options.columns, options.rows)
  local step = tonumber(got.out:match "timeout (%d+)")
  if step then
    error(("waited in vain: %s\n-- the screen:\n%s\n-- bytes:\n%q"):format(lines[step], result.screen,
      result.bytes:sub(-2000)), 2)
  end
  result.code = tonumber(got.out:match "exit (%d+)")
  result.signal = tonumber(got.out:match "killed (%d+)")
  result.restored = got.out:find("restored yes", 1, true) ~= nil
  return result
end

return terminal
