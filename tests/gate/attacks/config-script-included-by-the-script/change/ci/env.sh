RUN=true
