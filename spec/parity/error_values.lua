-- Error, TypeError, RangeError: name, message, cause, and as text
local p = require "prelude"

local cause = Error("the reason")
local err = Error("what happened", { cause = cause })
p.log(err.name, err.message, err.cause == cause, err.code, err.errno)
p.log(tostring(err), "error: " .. err)
p.log(tostring(TypeError("t")), tostring(RangeError("r")), TypeError("t").name)
p.log(Error().message == "", tostring(Error()))
err.code = "E_MINE"
err.extra = 5
p.log(err.code, err.extra, err)
p.attempt("thrown", function() error(err) end)
do local _, caught = pcall(error, err); p.log(caught == err, type(caught.stack)) end
