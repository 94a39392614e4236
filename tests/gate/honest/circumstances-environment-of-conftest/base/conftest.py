import os

os.environ["APP_HOST"] = "api.example"
