# The front door. `make lab` opens the course, `make test` tests it; each sets up all that it needs.

# MXNet and d2l were made for Python 3.11. A newer one, as in `make lab PYTHON=3.13`, has an environment of its own.
PYTHON := 3.11
VENV := .venv$(if $(filter-out 3.11,$(PYTHON)),-$(PYTHON))
INTERPRETER := $(VENV)/bin/python
READY := $(VENV)/.ready
NOTEBOOKS := $(sort $(wildcard notebooks/*.ipynb))
STUDENT := build/student

# uv where the machine has it, else a private copy of the locked version.
UV := $(or $(shell command -v uv),build/uv/bin/uv)
export UV_PYTHON_INSTALL_DIR := $(CURDIR)/build/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

# JupyterLab refuses to start as root unless told to, and without a display there is no browser to open.
LAB_FLAGS := $(if $(filter 0,$(shell id -u)),--allow-root) \
	$(if $(filter Linux,$(shell uname -s)),$(if $(DISPLAY)$(WAYLAND_DISPLAY),,--no-browser))

.DEFAULT_GOAL := help
.PHONY: help lab test pages pages-serve pdf slides colab kit bench mutants study setup data notebooks network student grade lint lock clean

help:
	@echo "make setup      set up alone; make data: fetch the data set, too, and say where it lies"
	@echo "make lab        set up, and open the course in JupyterLab (ARGS=\"--port 8899\" is passed on)"
	@echo "make test       set up, and run every notebook and test"
	@echo "make pages      set up, and make the course's web site in build/pages; make pages-serve serves it here"
	@echo "make slides     set up, and make a deck of slides for each step of the lecture in build/slides"
	@echo "make pdf        set up, and print the course as one PDF, build/mlp_from_scratch.pdf (needs Chromium)"
	@echo "make colab      write the notebooks for Colab and Kaggle to build/colab (needs COURSE_REPOSITORY)"
	@echo "make kit        pack the course with all that it needs into build/kit, for machines without a network"
	@echo "make bench      measure how fast the course is (PEERS=torch: beside PyTorch; ARGS=test: with make test)"
	@echo "make mutants    change d2l_utils in a thousand small ways and see whether the tests notice (hours; ARGS=\"train\": one module)"
	@echo "make study      train what the text says of seeds, as far as notebooks/data lacks it (ARGS=search: one hour more)"
	@echo "make notebooks  run the notebooks in order and save them with their outputs"
	@echo "make network    train the network of the page \"Try it\" again, and write it beside the page"
	@echo "make student    write a copy of the notebooks without solutions and outputs to $(STUDENT)"
	@echo "make grade      check a class: SUBMISSIONS=folder, a notebook or a folder for each student"
	@echo "make lint       look for slips in code, notebooks and workflows, without running them"
	@echo "make lock       make both locks again from pyproject.toml"
	@echo "                PYTHON=3.12, 3.13 or 3.14 with any of these takes that Python instead of 3.11"
	@echo "make clean      remove what was made: .venv and build (the data set stays in your cache)"

# For this machine alone, unless ARGS names another address, as it takes in a container.
lab: $(VENV)/.data $(VENV)/.trusted
	JUPYTER_CONFIG_PATH=$(CURDIR)/.jupyter$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH} \
		$(VENV)/bin/jupyter lab $(if $(filter --ip --ip=% --ServerApp.ip=%,$(ARGS)),,--ip 127.0.0.1) $(LAB_FLAGS) \
		--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb $(ARGS)

# A test for each core, each with one thread: two trainings with two threads each would wait for one another.
# A single file would wait for the workers and run in one of them.
test: $(VENV)/.data
	OMP_NUM_THREADS=1 $(INTERPRETER) -m pytest -n $(if $(filter 1,$(words $(filter %.py %.ipynb,$(subst ::, ,$(ARGS))))),0,logical) --dist loadscope --no-loadscope-reorder $(ARGS)

pages: $(READY)
	@$(INTERPRETER) -m sphinx --quiet --fail-on-warning --keep-going -c pages -d build/doctrees notebooks build/pages
	@echo "The pages are in build/pages. Open build/pages/index.html, or run make pages-serve."

pdf: $(READY)
	@$(INTERPRETER) -m sphinx --quiet --fail-on-warning --keep-going -c pages -d build/doctrees notebooks build/pdf
	@$(INTERPRETER) pages/pdf.py build/pdf build/mlp_from_scratch.pdf
	@echo "The course is in build/mlp_from_scratch.pdf."

pages-serve: pages
	@$(INTERPRETER) -u -m http.server --bind 127.0.0.1 --directory build/pages $(or $(PORT),0)

bench: $(VENV)/.data $(if $(filter torch,$(PEERS)),build/torch/.ready)
	@$(INTERPRETER) benchmarks/run.py $(PEERS) $(ARGS)

mutants: $(VENV)/.data
	@$(INTERPRETER) benchmarks/mutants.py $(ARGS)

study: $(VENV)/.data
	@$(INTERPRETER) benchmarks/study.py $(ARGS)

setup: $(READY)

data: $(READY)
	@$(INTERPRETER) -m d2l_utils.files

slides: $(READY)
	@$(INTERPRETER) pages/slides.py
	@echo "The slides are in build/slides/index.html."

colab: $(READY)
	@$(INTERPRETER) pages/colab.py
	@echo "The notebooks for Colab and Kaggle are in build/colab."

kit: $(VENV)/.data pdf slides pages
	@$(INTERPRETER) pages/kit.py
	@echo "The box is build/kit; its README says how it is opened."

notebooks: $(VENV)/.data
	$(VENV)/bin/jupyter nbconvert --to notebook --inplace --execute --ExecutePreprocessor.record_timing=False $(NOTEBOOKS)
	$(VENV)/bin/jupyter nbconvert --to notebook --inplace --CoalesceStreamsPreprocessor.enabled=True \
		--ClearMetadataPreprocessor.enabled=True --ClearMetadataPreprocessor.clear_cell_metadata=False \
		--ClearMetadataPreprocessor.preserve_nb_metadata_mask=kernelspec $(NOTEBOOKS)

# One thread: with it, the same seed gives the same file again on the same machine.
network: $(VENV)/.data
	@OMP_NUM_THREADS=1 $(INTERPRETER) pages/try_it/export.py

student: $(READY)
	mkdir -p $(STUDENT)
	cp -r $(filter-out $(NOTEBOOKS) notebooks/teaching.md,$(wildcard notebooks/*)) $(STUDENT)
	$(VENV)/bin/jupyter nbconvert --to notebook --output-dir $(STUDENT) --ClearOutputPreprocessor.enabled=True \
		--TagRemovePreprocessor.enabled=True --TagRemovePreprocessor.remove_cell_tags=solution $(NOTEBOOKS)

grade: $(VENV)/.data
	@$(INTERPRETER) grading/grade.py "$(or $(SUBMISSIONS),submissions)" $(ARGS)

lint: $(READY)
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/zizmor --quiet --offline .github
	@$(INTERPRETER) -c "import sys, nbformat; [nbformat.validate(nbformat.read(path, 4)) for path in sys.argv[1:]]" $(NOTEBOOKS)

# What d2l and MXNet pin to versions that no newer Python has.
UNPINNED := graphviz ipython jupyter matplotlib matplotlib-inline numpy pandas requests scipy
COMPILE := $(UV) pip compile --quiet --universal --generate-hashes --no-header --upgrade pyproject.toml
FIND_WHEELS := $(UV) pip install --quiet --dry-run --no-deps --target build/wheels --only-binary :all: --require-hashes

lock: $(UV)
	@mkdir -p build
	$(COMPILE) --python-version 3.11 --output-file requirements.txt
	@printf '%s\n' $(UNPINNED) > build/unpinned.txt
	$(COMPILE) --python-version 3.12 --override build/unpinned.txt --output-file requirements-newer.txt
	@for python in 3.11 3.12 3.13 3.14; do \
		for platform in x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-apple-darwin; do \
			lock=requirements$$([ $$python = 3.11 ] || echo -newer).txt; \
			echo "Does $$lock have a wheel of everything for Python $$python on $$platform?"; \
			$(FIND_WHEELS) --python-version $$python --python-platform $$platform -r $$lock || exit 1; \
		done; \
	done

clean:
	rm -rf .venv .venv-3.* build d2l_utils.egg-info

# jsonschema tries the addresses of other alphabets with it if it is there; it costs each Jupyter process a second.
SLOW := rfc3987-syntax

# Where Python 3.11 is neither here nor to be had, a newer one that is here will do.
ifeq ($(PYTHON),3.11)
TAKE_ANOTHER = for newer in 3.13 3.12 3.14; do \
	if $(UV) venv --quiet --no-python-downloads --clear --python $$newer $(VENV) 2> /dev/null; then \
	echo "Python 3.11 is neither here nor to be had; the course takes $$newer, which is here."; exit; fi; done; exit 1
else
TAKE_ANOTHER = exit 1
endif

$(READY): requirements.txt requirements-newer.txt pyproject.toml | $(UV)
	@$(UV) venv --quiet --clear --python $(PYTHON) $(VENV) || ($(TAKE_ANOTHER)) || { echo; \
		echo "The course needs Python $(PYTHON), which is not here and could not be fetched. Install it, for example with"; \
		echo "'apt-get install python$(PYTHON)' or 'brew install python@$(PYTHON)', and run make again."; exit 1; }
	@echo "Installing the locked packages into $(VENV) ..."
	@lock=$$($(INTERPRETER) -c "import sys; print('requirements-newer.txt' if sys.version_info > (3, 12) else 'requirements.txt')"); \
	$(UV) pip sync --quiet --compile-bytecode --python $(INTERPRETER) --require-hashes $$lock && \
	$(UV) pip install --quiet --python $(INTERPRETER) --no-deps --no-build-isolation --editable . && \
	$(UV) pip uninstall --quiet --python $(INTERPRETER) $(SLOW) || { echo; \
		echo "A package could not be installed; the reason stands above. Without a network, connect and run make again."; \
		command -v cc > /dev/null || echo "If a package had to be compiled: there is no compiler here. Install one, for example with 'apt-get install build-essential python3-dev'."; exit 1; }
	@$(INTERPRETER) -c "import d2l_utils" || { echo; \
		echo "MXNet was installed but does not start; the reason stands above. If it names libgomp or libquadmath:"; \
		echo "'apt-get install libgomp1 libquadmath0'. If it names libarmpl: this is an ARM machine; README says what works."; exit 1; }
	@touch $@

$(VENV)/.data: $(READY)
	@$(INTERPRETER) -m d2l_utils.files
	@touch $@

$(VENV)/.trusted: $(READY) $(NOTEBOOKS)
	@$(VENV)/bin/jupyter trust $(NOTEBOOKS) > /dev/null
	@touch $@

# An environment of its own, with pip: PyTorch wants another NumPy than MXNet does.
build/torch/.ready: | $(READY)
	@echo "Installing PyTorch into build/torch ..."
	@$(INTERPRETER) -m venv --clear build/torch && build/torch/bin/python -m pip install --quiet torch==2.13.0 numpy
	@touch $@

# Its lines of the lock, hashes included, are all that pip needs.
build/uv/bin/uv:
	@command -v python3 > /dev/null || { echo "Python is missing. Install Python 3.11, for example with"; \
		echo "'apt-get install python3 python3-venv', or uv, and run make again."; exit 1; }
	@echo "Bringing uv into build/uv ..."
	@mkdir -p build && awk '/^[^ #]/ { wanted = /^uv==/ } wanted' requirements.txt > build/uv.txt
	@{ python3 -m venv --clear build/uv && build/uv/bin/python -m pip install --quiet --require-hashes -r build/uv.txt; } || { \
		rm -rf build/uv; echo; \
		echo "uv could not be brought here; the reason stands above. On Debian and Ubuntu python3 lacks its venv module"; \
		echo "until you 'apt-get install python3-venv'. Without a network, connect and run make again."; exit 1; }
