"""The Streamlit pages. They know the service, the records, the settings and the errors, nothing below."""
