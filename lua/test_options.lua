-- test_options.lua - the command line of `moonport test`: our options among those of busted, as they are given or stand in a
-- file .busted; what is wrong is refused in one line. Runs no test.
local process = require "moonport.process"

local options = { timeout = 5000, keep_handles = false }

--- Says something on standard error.
--- @param text string
function options.tell(text)
  io.stdout:flush()
  io.stderr:write("moonport test: ", text, "\n")
end

local function refuse(text)
  options.tell(text)
  process.exit(2)
end

-- -- values that busted would stumble over -------------------------------------------------------------------------

local function is_module(name)
  for _, searcher in ipairs(package.searchers) do
    local ok, loader = pcall(searcher, name)
    if not ok or type(loader) == "function" then return true end -- one that cannot be loaded says so itself
  end
  return false
end

local function is_file(name) return name:find "%.lua$" or name:find "%.moon$" end

-- What is wrong with the values of options, or nil.
local function find_mistake(parsed)
  for _, code in ipairs(parsed.e) do
    local ok, err = load(code, "=-e")
    if not ok then return err end
  end
  if not require "moonport.fs".existsSync(parsed.directory) then
    return ("there is no folder '%s'"):format(parsed.directory)
  end
  for _, name in pairs(parsed.loaders) do
    if not is_module("busted.modules.files." .. name) then return ("there is no loader '%s'"):format(name) end
  end
  local language, output, helper = parsed.lang, parsed.output, parsed.helper
  if not is_module("busted.languages." .. language) then return ("there is no language '%s'"):format(language) end
  if not is_file(output) and not is_module("busted.outputHandlers." .. output) and not is_module(output) then
    return ("there is no output handler '%s'"):format(output)
  end
  if helper and helper ~= "" and not is_file(helper) and not is_module(helper) then
    return ("there is no helper '%s'"):format(helper)
  end
end

local function check_values(parsed)
  if parsed.version then return end
  local path, cpath = package.path, package.cpath
  local function there(more, list) -- as busted has it when it has changed the folder
    return ((";" .. more .. ";" .. list):gsub(";%./", function() return ";" .. parsed.directory .. "/" end))
  end
  package.path, package.cpath = there(parsed.lpath, path), there(parsed.cpath, cpath)
  local mistake = find_mistake(parsed)
  package.path, package.cpath = path, cpath
  if mistake then refuse(mistake .. "; see moonport test --help") end
end

-- -- among those of busted -----------------------------------------------------------------------------------------

local given = {}

local function take_number(key, value)
  local ms = tonumber(value)
  if not ms or ms ~= ms or ms < 0 then return nil, "argument to --timeout must be a number of ms" end
  given[key] = ms
  return true
end

local function take_flag(key, value)
  given[key] = value
  return true
end

local function parse_with(parse, cli, arguments)
  local list = { "--ignore-lua", table.unpack(arguments) } -- it is us who run the tests
  local parsed, err = parse(cli, list)
  for _, argument in ipairs(arguments) do
    if argument == "--help" or argument == "-h" then
      print((tostring(err):gsub("^.-Usage:", "Usage:"):gsub("; re%-run with .*$", "")))
      process.exit(0)
    end
  end
  if not parsed then
    local said = err:gsub("^moonport test: error: ", ""):gsub("; re%-run with .*$", "; see moonport test --help")
    refuse(said)
  end
  check_values(parsed)
  for i, root in ipairs(parsed.ROOT) do -- a file named lua/... would be taken for one of the runtime's own
    if root:find "^lua/" or root == "lua" then parsed.ROOT[i] = "./" .. root end
  end
  local function option(key)
    if given[key] ~= nil then return given[key] end
    return parsed[key]
  end
  options.timeout = tonumber(option "timeout") or options.timeout
  options.keep_handles = option "keep-handles"
  return parsed
end

--- Has busted, which is not loaded yet, know our options. A wrong one ends the program with 2.
function options.extend()
  local make_arguments, make_cli = require "cliargs.core", require "busted.modules.cli"

  package.loaded["cliargs.core"] = function(...)
    local arguments = make_arguments(...)
    arguments:option("--timeout=MS", "ms that a test may take; 0: any time", tostring(options.timeout), take_number)
    arguments:flag("--keep-handles", "let tests leave servers, sockets and timers open", false, take_flag)
    return arguments
  end

  package.loaded["busted.modules.cli"] = function(...)
    local cli = make_cli(...)
    local parse = cli.parse
    function cli.parse(self, arguments) return parse_with(parse, self, arguments) end
    return cli
  end
end

return options
