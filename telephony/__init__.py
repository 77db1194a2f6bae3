"""The switch: answers calls, carries sound, records it, and tells the control room. Waits for nobody."""
