-- folders: made, listed, removed, in both forms
local fs = require "fs"
local p = require "prelude"
local log, attempt = p.log, p.attempt
local folder = p.tmp "folder"
fs.mkdirSync(folder)
process.chdir(folder)

attempt("mkdir", function() return fs.mkdirSync "one" end)
attempt("mkdir recursive", function() return fs.mkdirSync("a/b/c", { recursive = true }) end)
attempt("mkdir there", function() return fs.mkdirSync("a/b/c", { recursive = true }) end)
attempt("mkdir slashes", function() return fs.mkdirSync("./a/b/d/e//", { recursive = true }) end)
attempt("mkdir dots", function() return fs.mkdirSync("a/x/../y", { recursive = true }) end)
attempt("mkdir absolute", function() return fs.mkdirSync(folder .. "/z/z", { recursive = true }) end)
attempt("mkdir mode", function() return fs.mkdirSync("mode", 448) end)
attempt("mkdir mode", function() return fs.mkdirSync("modes/below", { mode = "700", recursive = true }) end)
attempt("mkdir other options", function() return fs.mkdirSync("true", true) end)
for _, name in ipairs { "mode", "modes", "modes/below" } do log(name, ("%o"):format(fs.statSync(name).mode & 511)) end
for _, name in ipairs { "a/file", "a/b/file", "a/B", "a/b/c/1", "a/b/c/2", "a/.hidden", "a/Ü" } do
  fs.writeFileSync(name, name)
end
fs.symlinkSync("nowhere", "a/link")

local function kinds(entry)
  local found = {}
  for _, name in ipairs { "isFile", "isDirectory", "isSymbolicLink", "isFIFO", "isSocket", "isCharacterDevice", "isBlockDevice" } do
    if entry[name](entry) then found[#found + 1] = name end
  end
  return table.concat(found, ",")
end
local function show(entry)
  return ("%s|%s|%s|%s"):format(entry.path, entry.parentPath, entry.name, kinds(entry))
end
log(fs.readdirSync ".")
log(#fs.readdirSync "one")
log(fs.readdirSync("a", "hex"))
log(fs.readdirSync("a", "base64"))
for _, entry in ipairs(fs.readdirSync("a/", { withFileTypes = true })) do log(show(entry)) end
log(fs.readdirSync("a", { recursive = true }))
log(fs.readdirSync("a/b/", { recursive = true }))
for _, entry in ipairs(fs.readdirSync("a", { recursive = true, withFileTypes = true })) do log(show(entry)) end
for _, name in ipairs { "null", "zero" } do log(name, kinds(fs.statSync("/dev/" .. name))) end

local function rest()
  fs.symlinkSync("../a", "one/out")
  attempt("rm folder", function() return fs.rmSync "one" end)
  attempt("rm folder", function() return fs.rmSync("one", { force = true }) end)
  attempt("rm recursive", function() return fs.rmSync("one", { recursive = true }) end)
  log(fs.existsSync "one", fs.existsSync "a/b/file")
  attempt("rm file", function() return fs.rmSync "a/b/file" end)
  attempt("rm link", function() return fs.rmSync "a/link" end)
  attempt("rm recursive file", function() return fs.rmSync("a/file", { recursive = true }) end)
  attempt("rm again", function()
    return fs.rmSync("a/file", { recursive = true, force = true, maxRetries = 2, retryDelay = 1 })
  end)
  log(fs.readdirSync "a")
  attempt("rmdir", function() return fs.rmdirSync "true" end)
  process.chdir "/"
  attempt("rm all", function() return fs.rmSync(folder, { recursive = true }) end)
  log(fs.existsSync(folder))
end

-- One after the other: { name, arguments..., then }
local function chain(steps, done)
  local step = table.remove(steps, 1)
  if not step then return done() end
  local name, say = table.remove(step, 1), table.remove(step)
  step[#step + 1] = function(...)
    say(...)
    chain(steps, done)
  end
  fs[name](table.unpack(step))
end

chain({
  { "mkdir", "n/m", { recursive = true }, function(err, first) log("mkdir", err, first) end },
  { "mkdir", "n/m", { recursive = true }, function(err, first) log("mkdir", err, first) end },
  { "mkdir", "n/k", function(err) log("mkdir", err) end },
  { "readdir", "n", function(err, names) log("readdir", err, names) end },
  { "readdir", "n", { withFileTypes = true }, function(err, entries)
    for i, entry in ipairs(entries) do entries[i] = show(entry) end
    log("readdir", err, entries)
  end },
  { "rmdir", "n/k", function(err) log("rmdir", err) end },
  { "rm", "n", { recursive = true }, function(err) log("rm", err, fs.existsSync "n") end },
  { "rm", "n", { force = true }, function(err) log("rm force", err) end },
  { "rm", "a", function(err) log("rm", err, err.syscall, err.path) end },
}, rest)
