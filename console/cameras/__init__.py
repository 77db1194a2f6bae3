"""The camera gateway: pictures from cameras to browsers."""
