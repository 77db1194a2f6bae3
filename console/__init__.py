"""What people and programs see: pages, the API, the live feed, cameras."""
