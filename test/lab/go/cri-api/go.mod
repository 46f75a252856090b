module kubectl-win/lab/cri-api

go 1.25.0
