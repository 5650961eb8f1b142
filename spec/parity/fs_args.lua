-- operations on files check their arguments, whichever form they have; the callback is the last one
local fs = require "fs"
local attempt = require "prelude".attempt
local function nop() end

attempt("close callback", function() return fs.close(0, "x") end)
local paths = { nil, nil, 5.5, true, {}, "a\0b", "tab\tand\0", "a long path that is cut in the text\0" }
for i = 1, 8 do
  local path = paths[i]
  attempt("readFile", function() return fs.readFile(path, nop) end)
  attempt("readFileSync", function() return fs.readFileSync(path) end)
  attempt("statSync", function() return fs.statSync(path) end)
  attempt("unlink", function() return fs.unlink(path, nop) end)
  attempt("renameSync", function() return fs.renameSync("x", path) end)
  attempt("copyFile src", function() return fs.copyFile(path, "x", nop) end)
  attempt("copyFile dest", function() return fs.copyFile("x", path, nop) end)
  attempt("link", function() return fs.linkSync(path, "x") end)
  attempt("symlink", function() return fs.symlinkSync(path, "x") end)
  attempt("mkdir", function() return fs.mkdirSync(path) end)
  attempt("readlink", function() return fs.readlinkSync(path) end)
  attempt("existsSync", function() return fs.existsSync(path) end)
end
attempt("mkdtemp", function() return fs.mkdtempSync(5) end)
local descriptors = { nil, "x", -1, 1.5, 2147483648, {}, 0 / 0 }
for i = 1, 7 do
  local fd = descriptors[i]
  attempt("close", function() return fs.closeSync(fd) end)
  attempt("fstat", function() return fs.fstat(fd, nop) end)
  attempt("fsync", function() return fs.fsyncSync(fd) end)
  attempt("ftruncate", function() return fs.ftruncateSync(fd) end)
  attempt("fchmod", function() return fs.fchmodSync(fd, "644") end)
end
attempt("readFile fd", function() return fs.readFileSync(-1) end)
for _, flags in ipairs { "q", "rw", "wxx", "", {}, 1.5, true } do
  attempt("open flags", function() return fs.openSync("x", flags) end)
  attempt("open flags, callback", function() return fs.open("x", flags, nop) end)
end
attempt("readFile flag", function() return fs.readFile("x", { flag = "z" }, nop) end)
attempt("writeFile flag", function() return fs.writeFileSync("x", "", { flag = "z" }) end)
for _, mode in ipairs { "9", "rwx", "", -1, 1.5, 4294967296, {}, true } do
  attempt("open mode", function() return fs.openSync("x", "r", mode) end)
  attempt("chmod mode", function() return fs.chmod("x", mode, nop) end)
  attempt("fchmod mode", function() return fs.fchmodSync(0, mode) end)
end
attempt("chmod no mode", function() return fs.chmodSync("x") end)
attempt("mkdir mode", function() return fs.mkdirSync("x", { mode = "q" }) end)
attempt("mkdir mode", function() return fs.mkdirSync("x", "q") end)
attempt("mkdir recursive", function() return fs.mkdir("x", { recursive = 5 }, nop) end)
attempt("readdir recursive", function() return fs.readdir("x", { recursive = 5 }, nop) end)
for _, options in ipairs { 5, true, nop == nop } do
  attempt("readFile options", function() return fs.readFileSync("x", options) end)
  attempt("writeFile options", function() return fs.writeFileSync("x", "", options) end)
  attempt("readdir options", function() return fs.readdirSync("x", options) end)
  attempt("rm options", function() return fs.rmSync("x", options) end)
  attempt("rmdir options", function() return fs.rmdirSync("x", options) end)
end
for _, encoding in ipairs { "utf9", "x" } do
  attempt("readFile encoding", function() return fs.readFile("x", encoding, nop) end)
  attempt("writeFile encoding", function() return fs.writeFileSync("x", "", { encoding = encoding }) end)
  attempt("readlink encoding", function() return fs.readlinkSync("x", encoding) end)
  attempt("mkdtemp encoding", function() return fs.mkdtempSync("x", encoding) end)
end
attempt("readFile encoding", function() return fs.readFileSync("x", { encoding = 5 }) end)
attempt("readFile signal", function() return fs.readFile("x", { signal = 5 }, nop) end)
local datas = { nil, 5, true, {} }
for i = 1, 4 do
  local data = datas[i]
  attempt("writeFile data", function() return fs.writeFile("x", data, nop) end)
  attempt("appendFileSync data", function() return fs.appendFileSync("x", data) end)
  attempt("write data", function() return fs.writeSync(1, data) end)
end
attempt("writeFile flush", function() return fs.writeFileSync("x", "", { flush = 5 }) end)
attempt("write odd hex", function() return fs.writeSync(1, "616", 0, "hex") end)
for _, name in ipairs { "force", "recursive" } do
  attempt("rm " .. name, function() return fs.rmSync("x", { [name] = 5 }) end)
end
for _, value in ipairs { -1, "x", 1.5 } do
  attempt("rm retryDelay", function() return fs.rmSync("x", { retryDelay = value }) end)
  attempt("rm maxRetries", function() return fs.rmSync("x", { maxRetries = value }) end)
end
local ids = { -2, 4294967296, "x", 1.5, nil }
for i = 1, 5 do
  local id = ids[i]
  attempt("chown uid", function() return fs.chownSync("x", id, 0) end)
  attempt("lchown gid", function() return fs.lchown("x", 0, id, nop) end)
  attempt("fchown uid", function() return fs.fchownSync(0, id, 0) end)
end
for _, length in ipairs { "x", 1.5, {} } do
  attempt("truncate", function() return fs.truncate("x", length, nop) end)
  attempt("ftruncate", function() return fs.ftruncateSync(0, length) end)
end
local times = { "x", nil, {}, 0 / 0, math.huge }
for i = 1, 5 do
  local time = times[i]
  attempt("futimes atime", function() return fs.futimesSync(0, time, 1) end)
  attempt("futimes mtime", function() return fs.futimes(0, 1, time, nop) end)
end
