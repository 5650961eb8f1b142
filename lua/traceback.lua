-- traceback.lua - tracebacks as the author of a test wants them: which lines are of the test, and where that is.
local traceback = {}

--- Patterns of lines that say nothing to the author of the test: C functions, tail calls, our lua/; a runner adds its own.
traceback.foreign = { "^[%[(]", "^lua/" }

local function is_foreign(line)
  for _, pattern in ipairs(traceback.foreign) do
    if line:find(pattern) then return true end
  end
  return false
end

--- The lines that say something to the author.
--- @param text string a traceback
--- @return string each line after a line end and a tab
function traceback.own_lines(text)
  local lines = {}
  for line in text:gmatch "\n\t([^\n]*)" do
    if not is_foreign(line) then lines[#lines + 1] = "\n\t" .. line end
  end
  return table.concat(lines)
end

-- A place in a file, as debug.getinfo would describe it.
local function place(file, line, text)
  return { short_src = file, source = "@" .. file, currentline = tonumber(line), what = "Lua", traceback = text or "" }
end

--- The first line of the author's in a traceback, which begins there; else the place that made an object. Nil where
--- neither says one.
--- @param text string? a traceback
--- @param where string? "file:line"
--- @return { short_src: string, source: string, currentline: integer, what: string, traceback: string }?
function traceback.place_of(text, where)
  for at, line in (text or ""):gmatch "\n\t()([^\n]*)" do
    local file, number = line:match "^(.-):(%d+): in"
    if file and not is_foreign(line) then return place(file, number, "\nstack traceback:\n\t" .. text:sub(at)) end
  end
  local file, number = (where or ""):match "^(.*):(%d+)$"
  if file then return place(file, number) end
end

return traceback
