RUN=python
