"""What Streamlit runs for every click. It puts this folder on the path, so nothing else may stand in it."""

from assistant.ui.main import main

main()
