-- whole files: flags, modes, encodings, descriptors that are given instead of paths
local fs = require "fs"
local p = require "prelude"
local log, attempt = p.log, p.attempt
local folder = p.tmp "folder"
fs.mkdirSync(folder)
process.chdir(folder)
local function hex(name) return fs.readFileSync(name, "hex") end

fs.writeFileSync("a", "one")
fs.writeFileSync("a", "two ")
fs.appendFileSync("a", "three ")
fs.writeFileSync("a", "four", { flag = "a" })
log(fs.readFileSync("a", "utf8"))
fs.writeFileSync("a", "TWO", { flag = "r+" })
log(fs.readFileSync("a", "utf8"))
attempt("wx", function() return fs.writeFileSync("a", "", { flag = "wx" }) end)
fs.writeFileSync("new", "", { flag = "wx", mode = 384 })
fs.appendFileSync("appended", "x", { mode = "600", flush = true })
for _, name in ipairs { "new", "appended" } do
  log(name, ("%o"):format(fs.statSync(name).mode & 511), fs.statSync(name).size)
end
log("empty", #fs.readFileSync "new", fs.readFileSync("new", "hex"))
attempt("made by reading", function() return fs.readFileSync("made", { flag = "a+" }) end)
log(fs.existsSync "made")

for _, encoding in ipairs { "utf8", "latin1", "utf16le", "hex", "base64", "base64url", "ascii", "UTF-8", "ucs2", "binary" } do
  local text = encoding == "hex" and "deadbeef" or encoding:find "^base64" and "aGkgdGhlcmU_" or "año €"
  fs.writeFileSync("encoded", text, encoding)
  log(encoding, hex "encoded")
  fs.writeFileSync("encoded", text, { encoding = encoding })
  log(encoding, hex "encoded", fs.readFileSync("encoded", { encoding = encoding }))
end
fs.writeFileSync("encoded", "deadbee", "hex")
log("odd hex", hex "encoded")

local fd = fs.openSync("a", "r+")
log(#fs.readSync(fd, 3))
log(fs.readFileSync(fd, "utf8"), '"' .. fs.readFileSync(fd, "utf8") .. '"')
fs.writeFileSync(fd, "!")
fs.appendFileSync(fd, "?")
fs.ftruncateSync(fd, 17)
log(fs.fstatSync(fd).size)
fs.closeSync(fd)
log(hex "a")
fs.truncateSync("a", 4)
fs.truncateSync("new", -1)
log(fs.readFileSync("a", "utf8"), fs.statSync("new").size)
fs.truncateSync "a"
log(fs.statSync("a").size)

fs.writeFile("b", "callback", function(err, ...)
  log("writeFile", err, select("#", ...))
  fs.appendFile("b", "...", function(err2, ...)
    log("appendFile", err2, select("#", ...))
    fs.readFile("b", function(err3, data)
      log("readFile", err3, data)
      fs.readFile("b", "base64", function(err4, text)
        log("readFile base64", err4, text)
        fd = fs.openSync("b", "r")
        fs.readSync(fd, 4)
        fs.readFile(fd, function(err5, rest)
          log("readFile fd", err5, rest)
          fs.closeSync(fd)
          fs.rmSync(folder, { recursive = true })
        end)
      end)
    end)
  end)
end)
