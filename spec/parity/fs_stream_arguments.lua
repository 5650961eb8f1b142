local fs = require "fs"
local attempt = require "prelude".attempt

for _, make in ipairs { fs.createReadStream, fs.createWriteStream } do
  attempt("number", function() return make(5) end)
  attempt("options", function() return make("/dev/null", 5) end)
  attempt("start", function() return make("/dev/null", { start = "x" }) end)
  attempt("negative", function() return make("/dev/null", { start = -1 }) end)
  attempt("fraction", function() return make("/dev/null", { start = 1.5 }) end)
  attempt("fd", function() return make(nil, { fd = -1 }) end)
  attempt("encoding", function() return make("/dev/null", { encoding = "klingon" }) end)
  attempt("signal", function() return make("/dev/null", { signal = 5 }) end)
  attempt("mark", function() return make("/dev/null", { highWaterMark = -1 }) end)
end
attempt("end", function() return fs.createReadStream("/dev/null", { ["end"] = "x" }) end)
attempt("order", function() return fs.createReadStream("/dev/null", { start = 5, ["end"] = 3 }) end)
