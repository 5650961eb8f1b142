-- hello.lua - the row start-up: the interpreter and its library
require "luv"
print("hello")
