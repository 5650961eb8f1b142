-- repl_history.lua - what was entered at the prompt, in this session and before: $MOONPORT_HISTORY, else
-- $XDG_STATE_HOME/moonport/history, else ~/.local/state/moonport/history. An entry is a line; further lines of it begin
-- with a tab. What cannot be read or written costs one warning and nothing else.

local M = { ENTRIES = 1000 }
local LONGEST = 64 * 1024 -- bytes; a pasted file is no history

local function path_of_file()
  local path = os.getenv "MOONPORT_HISTORY"
  if path then return path ~= "" and path or nil end
  local state, home = os.getenv "XDG_STATE_HOME", os.getenv "HOME"
  if state and state:find "^/" then return state .. "/moonport/history" end
  if home and home ~= "" then return home .. "/.local/state/moonport/history" end
end

local function encode(entry) return entry:gsub("\n", "\n\t") .. "\n" end

local MOST = 64 * 1024 * 1024 -- bytes that are read; more is nobody's history

local function decode(file)
  local size = file:seek "end" -- nothing of a device that never ends
  file:seek "set"
  local text, why = "", nil
  if size and size > 0 then text, why = file:read(math.min(size, MOST)) end
  if not text then error(why, 0) end
  local entries = {}
  for line in text:gsub("%z", ""):gmatch "[^\n]+" do
    if line:sub(1, 1) == "\t" and #entries > 0 then
      entries[#entries] = entries[#entries] .. "\n" .. line:sub(2)
    elseif line:find "%S" then
      entries[#entries + 1] = line
    end
  end
  return entries
end

local function give_up(history, what, why)
  history.warn(("cannot %s the history %s: %s"):format(what, history.path, why))
  history.path = nil
end

--- Opens the history, of which nothing is read yet: the prompt does not wait for that.
--- @param warn fun(text: string)
function M.open(host, warn)
  local history = { host = host, path = path_of_file(), warn = warn, last = nil, file = nil }
  if not history.path then return history end
  local file, why, code = io.open(history.path, "rb")
  if not file then
    if code ~= 2 then give_up(history, "read", (why:gsub("^.*: ", ""))) end -- ENOENT: the first time
    return history
  end
  history.file = file
  local _, trouble = file:read(0) -- a folder can be opened
  if trouble then
    file:close()
    history.file = nil
    give_up(history, "read", (trouble:gsub("^.*: ", "")))
  end
  return history
end

--- Hands the entries of before to host.add_history, the oldest first. Once, before the first key or entry counts.
function M.load(history)
  local file, host = history.file, history.host
  if not file then return end
  history.file = nil
  local ok, entries = pcall(decode, file)
  file:close()
  if not ok then return give_up(history, "read", (tostring(entries):gsub("^.*: ", ""))) end
  local first = math.max(1, #entries - M.ENTRIES + 1)
  for i = first, #entries do host.add_history(entries[i]) end
  history.last = entries[#entries]
  if first > 1 then
    local kept = {}
    for i = first, #entries do kept[#kept + 1] = encode(entries[i]) end
    local why = host.write_history(history.path, table.concat(kept), false)
    if why then give_up(history, "write", why) end
  end
end

--- One entry more, unless it is the last one once again. It is in the file at once: nothing is lost by a crash.
function M.add(history, entry)
  M.load(history)
  entry = entry:gsub("^%s+", ""):gsub("%s+$", "")
  if entry == "" or entry == history.last or #entry > LONGEST then return end
  history.last = entry
  history.host.add_history(entry)
  if not history.path then return end
  local why = history.host.write_history(history.path, encode(entry), true)
  if why then give_up(history, "write", why) end
end

return M
