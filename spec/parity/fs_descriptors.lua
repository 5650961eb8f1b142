-- open files: read and written piece by piece, where they stand and elsewhere
local fs = require "fs"
local p = require "prelude"
local log, attempt = p.log, p.attempt
local name = p.tmp "file"
local read = fs.readSync

local fd = fs.openSync(name, "w+")
log(fs.writeSync(fd, "hello world"), fs.writeSync(fd, ""), fs.writeSync(fd, "HE", 0), fs.writeSync(fd, "!"))
log(read(fd, 100) == "", read(fd, 5, 0), read(fd, 5, 6), read(fd, 100, 6), read(fd, 5, 1000) == "", read(fd, 0, 0) == "")
log(fs.writeSync(fd, "6869", nil, "hex"), fs.writeSync(fd, "añ", nil, "latin1"), fs.writeSync(fd, "aGk", nil, "base64"))
log(fs.writeSync(fd, "far", 30))
log(fs.readFileSync(name, "hex"))
fs.closeSync(fd)
attempt("closed", function() return fs.closeSync(fd) end)

fd = fs.openSync(name, fs.constants.O_RDONLY)
log(read(fd, 3), read(fd, 3), read(fd, 3, 0), read(fd, 3))
attempt("write", function() return fs.writeSync(fd, "x") end)
fs.closeSync(fd)
fd = fs.openSync(name, "a")
attempt("read", function() return read(fd, 3) end)
log(fs.writeSync(fd, "appended", 0))
fs.closeSync(fd)
log(fs.statSync(name).size)

-- One after the other: { name, arguments..., then }; the descriptor is put in front.
local function chain(steps, done)
  local step = table.remove(steps, 1)
  if not step then return done() end
  local operation, say = table.remove(step, 1), table.remove(step)
  step[#step + 1] = function(...)
    say(...)
    chain(steps, done)
  end
  fs[operation](fd, table.unpack(step))
end
local function say(operation) return function(...) log(operation, ...) end end

fs.open(name, function(err, first)
  log("open", err, math.type(first) == "integer" and "number")
  fd = first
  chain({
    { "read", 4, say "read" },
    { "read", { length = 2, position = 1 }, say "read" },
    { "read", function(failure, data) log("read", failure, (data:gsub(".", function(c) return ("%02x"):format(c:byte()) end))) end },
    { "write", "x", say "write" },
    { "close", say "close" },
  }, function()
    fs.open(name, "r+", 384, function(_, second)
      fd = second
      chain({
        { "write", "first", say "write" },
        { "write", "second", 2, say "write" },
        { "write", "7a", 0, "hex", say "write" },
        { "ftruncate", 8, say "ftruncate" },
        { "fsync", say "fsync" },
      }, function()
        fs.closeSync(fd)
        log(fs.readFileSync(name, "utf8"))
        fs.unlink(name, say "unlink")
      end)
    end)
  end)
end)
