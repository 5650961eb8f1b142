-- links, names, modes and times
local fs = require "fs"
local p = require "prelude"
local log, attempt = p.log, p.attempt
local folder = p.tmp "folder"
fs.mkdirSync(folder)
process.chdir(folder)
local function mode(name) return ("%o"):format(fs.statSync(name).mode & 4095) end
local function last(path) return path:match "[^/]*$" end

fs.writeFileSync("file", "hello")
attempt("symlink", function() return fs.symlinkSync("file", "soft", "file") end)
attempt("symlink", function() return fs.symlinkSync("nowhere", "dangling") end)
attempt("link", function() return fs.linkSync("file", "hard") end)
log(fs.readlinkSync "soft", fs.readlinkSync("soft", "hex"), fs.readlinkSync("dangling", { encoding = "base64" }))
log(fs.statSync "soft":isFile(), fs.lstatSync "soft":isSymbolicLink(), fs.lstatSync "soft":isFile())
log(fs.statSync "hard".nlink, fs.statSync "hard".ino == fs.statSync "file".ino)
log(fs.existsSync "soft", fs.existsSync "dangling")
log(fs.statSync("dangling", { throwIfNoEntry = false }), fs.lstatSync("dangling", { throwIfNoEntry = false }).size)
attempt("not a folder", function() return fs.statSync("file/x", { throwIfNoEntry = false }) end)
log(last(fs.realpathSync "soft"), fs.realpathSync "." == process.cwd())
attempt("rename", function() return fs.renameSync("hard", "renamed") end)
log(fs.readFileSync("renamed", "utf8"), fs.existsSync "hard")
attempt("copyFile", function() return fs.copyFileSync("file", "copy") end)
attempt("copyFile over it", function() return fs.copyFileSync("soft", "copy", fs.constants.COPYFILE_FICLONE) end)
log(fs.readFileSync("copy", "utf8"))

fs.chmodSync("file", 481)
log(mode "file", mode "renamed", mode "copy" == mode "file")
fs.chmodSync("file", "4600")
log(mode "file")
local fd = fs.openSync("file", "r+")
fs.fchmodSync(fd, "640")
log(mode "file")
attempt("chown", function() return fs.chownSync("file", -1, -1) end)
attempt("lchown", function() return fs.lchownSync("dangling", -1, -1) end)
attempt("fchown", function() return fs.fchownSync(fd, -1, -1) end)

fs.utimesSync("file", 1000, 2000.25)
log(fs.statSync "file".atimeMs, fs.statSync "file".mtimeMs)
fs.utimesSync("file", "1.5", "86400")
log(fs.statSync "file".atimeMs, fs.statSync "file".mtimeMs)
fs.futimesSync(fd, 3, 4)
log(fs.fstatSync(fd).atimeMs, fs.fstatSync(fd).mtimeMs)
fs.lutimesSync("dangling", 5, 6)
log(fs.lstatSync "dangling".atimeMs, fs.lstatSync "dangling".mtimeMs)
fs.utimesSync("file", -1, 7)
log(os.time() * 1000 - fs.statSync "file".atimeMs < 100000, fs.statSync "file".mtimeMs)
attempt("fsync", function() return fs.fsyncSync(fd) end)
attempt("fdatasync", function() return fs.fdatasyncSync(fd) end)
fs.closeSync(fd)
local stats, fields = fs.statSync "file", 0
for _ in pairs(stats) do fields = fields + 1 end
local own = fs.statSync "/proc/self"
log(stats.size, stats.uid == own.uid, stats.gid == own.gid, stats.rdev, fields)
for _, made in ipairs { fs.mkdtempSync "made-", fs.mkdtempSync(folder .. "/made-") } do
  log(#last(made), mode(made), fs.statSync(made):isDirectory())
end
log(fs.F_OK, fs.R_OK, fs.W_OK, fs.X_OK, fs.constants.O_RDWR, fs.constants.S_IFMT, fs.constants.COPYFILE_EXCL)
attempt("access", function() return fs.accessSync("file", fs.constants.R_OK | fs.constants.W_OK) end)
process.chdir "/"
fs.rmSync(folder, { recursive = true })
