"""Measurements that anybody can repeat: `make bench`, or `python bench/run.py --help`."""
