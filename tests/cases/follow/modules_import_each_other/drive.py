# Run as a script, main would be imported a second time, by the module that it imports.
import main
