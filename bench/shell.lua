-- shell.lua - commands and what they say. io.popen is all there is.
local shell = {}

function shell.output(command)
  local pipe <close> = assert(io.popen(command))
  return pipe:read("a")
end

function shell.line(command)
  return shell.output(command):match("[^\n]*")
end

function shell.succeeds(command)
  return (os.execute(command .. " >/dev/null 2>&1")) == true
end

function shell.exists(path)
  local file <close> = io.open(path, "rb")
  return file ~= nil
end

function shell.size(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:seek("end")
end

function shell.quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

return shell
