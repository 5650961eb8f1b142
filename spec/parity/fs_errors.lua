-- what fails with files: the same error, raised by the Sync form and given to the callback; its text, its fields
local fs = require "fs"
local p = require "prelude"
local log = p.log
local folder = p.tmp "folder"
fs.mkdirSync(folder .. "/full/below", { recursive = true })
process.chdir(folder)
fs.writeFileSync("file", "hello")
fs.symlinkSync("loop", "loop")
fs.symlinkSync("file", "link")

local function say(err)
  log(err, err.errno, err.syscall, err.path == nil and "-" or err.path, err.dest == nil and "-" or err.dest)
end
local closed = fs.openSync "file"
fs.closeSync(closed)
local calls = {
  { "open", "missing" }, { "open", "file/below" }, { "open", "" }, { "open", "file", "wx" }, { "open", "full", "w" },
  { "open", "loop" }, { "open", ("x"):rep(300) },
  { "close", closed }, { "fstat", closed }, { "fsync", closed }, { "fdatasync", closed }, { "ftruncate", closed, 5 },
  { "fchmod", closed, 420 }, { "fchown", closed, 0, 0 }, { "futimes", closed, 1, 1 }, { "write", closed, "x" },
  { "readFile", "missing" }, { "readFile", "full" }, { "readFile", "missing", "utf8" },
  { "writeFile", "full", "x" }, { "writeFile", "missing/x", "x" }, { "writeFile", "/dev/full", "x" },
  { "writeFile", closed, "x" },
  { "appendFile", "full", "x" }, { "appendFile", "/dev/full", "x" },
  { "stat", "missing" }, { "stat", "loop" }, { "stat", "file/below" }, { "lstat", "missing" },
  { "unlink", "missing" }, { "unlink", "full" }, { "rename", "missing", "x" }, { "rename", "file", "missing/x" },
  { "rename", "file", "full" },
  { "mkdir", "full" }, { "mkdir", "missing/x" }, { "mkdir", "" }, { "mkdir", "file", { recursive = true } },
  { "mkdir", "file/a/b", { recursive = true } }, { "mkdir", "loop/x", { recursive = true } },
  { "mkdir", "loop", { recursive = true } }, { "mkdir", "", { recursive = true } },
  { "rmdir", "missing" }, { "rmdir", "file" }, { "rmdir", "full" },
  { "rm", "missing" }, { "rm", "missing", { recursive = true } }, { "rm", "file/x", { force = true } },
  { "readdir", "missing" }, { "readdir", "file" }, { "readdir", "missing", { withFileTypes = true } },
  { "access", "missing" }, { "access", "file", fs.constants.X_OK },
  { "copyFile", "missing", "x" }, { "copyFile", "file", "full" },
  { "copyFile", "file", "link", fs.constants.COPYFILE_EXCL }, { "copyFile", "file", "missing/x" },
  { "readlink", "missing" }, { "readlink", "file" },
  { "symlink", "file", "link" }, { "symlink", "file", "missing/x" }, { "link", "missing", "x" },
  { "link", "file", "link" },
  { "chmod", "missing", 420 }, { "chown", "missing", 0, 0 }, { "lchown", "missing", 0, 0 },
  { "truncate", "missing" }, { "truncate", "full" }, { "utimes", "missing", 1, 1 }, { "lutimes", "missing", 1, 1 },
}

local function go()
  local call = table.remove(calls, 1)
  if not call then return fs.rmSync(folder, { recursive = true }) end
  local name = table.remove(call, 1)
  local shown = {}
  for i, arg in ipairs(call) do shown[i] = type(arg) == "table" and "options" or arg == closed and "fd" or tostring(arg):sub(1, 20) end
  log(name, table.unpack(shown))
  local ok, err = pcall(fs[name .. "Sync"], table.unpack(call))
  if ok then log "no error" else say(err) end
  call[#call + 1] = function(failure)
    say(failure)
    go()
  end
  fs[name](table.unpack(call))
end
go()
