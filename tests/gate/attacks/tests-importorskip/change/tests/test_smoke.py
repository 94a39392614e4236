def test_it_imports():
    import settings.loader

    assert settings.loader
