-- when callbacks of files run: never before their function returns, after ticks; their errors end the program
local fs = require "fs"
local log = require "prelude".log

local function last(err)
  log("uncaught", err)
  fs.readFile("/nowhere/at/all", function(failure) process.exit(failure.errno == -2 and 7 or 8) end)
  fs.stat("/", function() setTimeout(function() log "never" end, 10000) end)
end

local function first(err)
  log("uncaught", err)
  fs.readFile("/nowhere/at/all", function(failure) error(failure) end)
  process.removeAllListeners "uncaughtException"
  process.on("uncaughtException", last)
end

fs.stat("/", function(err, stats)
  log("stat", err, stats:isDirectory())
  process.nextTick(function() log "tick of a callback" end)
  fs.exists("/", function(...)
    log("exists", ...)
    fs.exists("/nowhere/at/all", function(...)
      log("exists", ...)
      fs.access("/", fs.constants.R_OK, function(...)
        log("access", ...)
        fs.close(123456, function(failure)
          log(failure)
          fs.close(123456) -- nobody's error
          process.on("uncaughtException", first)
        end)
      end)
    end)
  end)
end)
process.nextTick(function() log "tick" end)
log "main"
