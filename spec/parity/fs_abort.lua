-- signals: before, meanwhile, after; the sync forms know none
local fs = require "fs"
local p = require "prelude"
local log = p.log
local name = p.tmp "file"
fs.writeFileSync(name, "there")

local aborted = AbortSignal.abort()
log(fs.readFileSync(name, { encoding = "utf8", signal = aborted }))
fs.readFile(name, { signal = aborted }, function(err, data) log("before", err, data, err.cause.name) end)
fs.writeFile(name, "gone", { signal = aborted }, function(err) log("before", err) end)
fs.appendFile(name, "gone", { signal = aborted }, function(err) log("before", err) end)
local controller = AbortController()
setTimeout(function()
  fs.readFile(name, { signal = controller.signal }, function(err, data)
    log("meanwhile", err, data, err.cause)
    local later = AbortController()
    fs.readFile(name, { signal = later.signal, encoding = "hex" }, function(failure, text)
      log("after", failure, text)
      later:abort()
      fs.unlinkSync(name)
    end)
  end)
  controller:abort "reason"
end, 1)
